-- Health of a KafkaRebalance, for which Argo CD has no check. Its state is the type of one of its conditions.
local function map(value)
  if type(value) == "table" then return value end
  return {}
end
local function text(value, otherwise)
  if type(value) == "string" and value ~= "" then return value end
  return otherwise
end

local metadata, status = map(obj.metadata), map(obj.status)
local annotations = map(metadata.annotations)
-- The operator makes rebalances from a template, and never gives it a status.
if annotations["strimzi.io/rebalance-template"] == "true" then
  return {status = "Healthy", message = "a template: nothing is done with it by itself"}
end

-- What each state is to a sync. One that waits for a person is Healthy, since the sync would wait too.
local states = {
  New = {"Progressing", "waiting for Cruise Control"},
  PendingProposal = {"Progressing", "Cruise Control is working out a proposal"},
  ProposalReady = {"Healthy", "a proposal is ready and waits for the annotation strimzi.io/rebalance: approve"},
  Rebalancing = {"Progressing", "data is being moved"},
  Stopped = {"Healthy", "stopped by the annotation strimzi.io/rebalance"},
  NotReady = {"Degraded", "the rebalance failed"},
  Ready = {"Healthy", "done"}
}
local state, message, paused
for _, item in ipairs(map(status.conditions)) do
  local condition = map(item)
  local known = nil
  if type(condition.type) == "string" then known = states[condition.type] end
  if known and condition.status == "True" then
    state = condition.type
    message = text(condition.message, known[2])
  end
  if condition.type == "ReconciliationPaused" and condition.status == "True" then paused = true end
end

local pause = annotations["strimzi.io/pause-reconciliation"]
if pause == "true" or pause == "True" or pause == "TRUE" or (paused and pause ~= nil and pause ~= "false") then
  return {status = "Healthy", message = "paused: the operator changes nothing while strimzi.io/pause-reconciliation is true"}
end
if status.observedGeneration == nil then
  return {status = "Progressing", message = "waiting for the Cluster Operator"}
end
if metadata.generation ~= nil and status.observedGeneration ~= metadata.generation then
  return {status = "Progressing", message = "the Cluster Operator has not taken up what was applied last"}
end
if state == nil then
  return {status = "Progressing", message = "waiting for the Cluster Operator"}
end
-- With this annotation nobody has to approve: the operator goes on by itself.
if state == "ProposalReady" and annotations["strimzi.io/rebalance-auto-approval"] == "true" then
  return {status = "Progressing", message = "a proposal is ready and approved"}
end
return {status = states[state][1], message = message}

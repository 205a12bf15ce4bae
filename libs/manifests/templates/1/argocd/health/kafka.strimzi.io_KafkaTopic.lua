-- Health of a KafkaTopic. The Topic Operator says Ready=False where it refuses something, which Argo CD's own check does
-- not know, and neither what is paused nor what is not managed: it waits for ever for all three.
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
local ready, broken, paused, warning
for _, item in ipairs(map(status.conditions)) do
  local condition = map(item)
  if condition.type == "Ready" and condition.status == "True" then ready = true end
  if (condition.type == "Ready" and condition.status == "False") or (condition.type == "NotReady" and condition.status == "True") then
    broken = condition
  end
  if condition.type == "ReconciliationPaused" and condition.status == "True" then paused = true end
  if condition.type == "Warning" and condition.status == "True" then warning = warning or text(condition.message) end
end

-- The annotations count, not what the operator says of them: it does so a little later, both ways.
if annotations["strimzi.io/managed"] == "false" then
  return {status = "Healthy", message = "not managed: the operator leaves the topic alone, and deletes no data with this resource"}
end
local pause = annotations["strimzi.io/pause-reconciliation"]
if pause == "true" or pause == "True" or pause == "TRUE" or (paused and pause ~= nil and pause ~= "false") then
  return {status = "Healthy", message = "paused: the operator changes nothing while strimzi.io/pause-reconciliation is true"}
end
if status.observedGeneration == nil then
  return {status = "Progressing", message = "waiting for the Topic Operator of the Kafka that strimzi.io/cluster names"}
end
if metadata.generation ~= nil and status.observedGeneration ~= metadata.generation then
  return {status = "Progressing", message = "the Topic Operator has not taken up what was applied last"}
end
if broken then
  return {status = "Degraded", message = text(broken.message, text(broken.reason, "not ready"))}
end
-- Another number of replicas is made by Cruise Control, behind a topic that stays ready. Only a failure has a message.
local replicas = map(status.replicasChange)
if text(replicas.message) then
  return {status = "Degraded", message = replicas.message}
end
if ready then
  local message = "ready"
  if replicas.state == "pending" or replicas.state == "ongoing" then message = "ready; its replicas are being changed" end
  if warning then message = message .. ", with a warning: " .. warning end
  return {status = "Healthy", message = message}
end
return {status = "Progressing", message = "waiting for the Topic Operator"}

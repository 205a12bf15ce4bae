-- Health of a KafkaNodePool, for which Argo CD has no check. It never gets a Ready condition: whoever waits for one
-- waits for ever. What can be known is whether the operator has taken it up. It says so before the pods roll; when they
-- are ready is told by the Kafka.
local function map(value)
  if type(value) == "table" then return value end
  return {}
end
local function text(value, otherwise)
  if type(value) == "string" and value ~= "" then return value end
  return otherwise
end

local metadata, status = map(obj.metadata), map(obj.status)
local cluster = text(map(metadata.labels)["strimzi.io/cluster"])
if status.observedGeneration == nil then
  local message = "no Kafka has taken it up: the label strimzi.io/cluster is missing"
  if cluster then
    message = "waiting for the Kafka " .. cluster .. " of this namespace to take it up"
  end
  return {status = "Progressing", message = message}
end
if metadata.generation ~= nil and status.observedGeneration ~= metadata.generation then
  return {status = "Progressing", message = "the Cluster Operator has not taken up what was applied last"}
end
for _, item in ipairs(map(status.conditions)) do
  local condition = map(item)
  -- A change of the storage that is not possible: the operator goes on with the old one, and ignores every other change
  -- of the pool's storage too. It says so nowhere else.
  if condition.type == "Warning" and condition.status == "True" and condition.reason == "KafkaStorage" then
    return {status = "Degraded", message = text(condition.message, "the change of the storage is not possible and is ignored")}
  end
end
-- Nodes whose partitions are still to be moved are not taken away. That may take hours, or a person: a sync does not wait.
local wanted = map(obj.spec).replicas
if type(wanted) == "number" and type(status.replicas) == "number" and status.replicas ~= wanted then
  local message = "taken up, but the operator keeps " .. status.replicas .. " nodes: those that are to go have partitions"
  return {status = "Healthy", message = message}
end
return {status = "Healthy", message = "taken up; the Kafka tells when its pods are ready"}

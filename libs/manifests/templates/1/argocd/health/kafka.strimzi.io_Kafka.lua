-- Health of a Kafka. Argo CD's own check takes the status of an older generation for the one that was just applied, and
-- waits for ever for a paused cluster: a sync goes on with Healthy only.
local function map(value)
  if type(value) == "table" then return value end
  return {}
end
local function text(value, otherwise)
  if type(value) == "string" and value ~= "" then return value end
  return otherwise
end

local metadata, status = map(obj.metadata), map(obj.status)
local ready, broken, paused, warning
for _, item in ipairs(map(status.conditions)) do
  local condition = map(item)
  if condition.type == "Ready" and condition.status == "True" then ready = true end
  if (condition.type == "NotReady" and condition.status == "True") or (condition.type == "Ready" and condition.status == "False") then
    broken = condition
  end
  if condition.type == "ReconciliationPaused" and condition.status == "True" then paused = true end
  if condition.type == "Warning" and condition.status == "True" then warning = warning or text(condition.message) end
end

-- A paused resource keeps the generation that the operator saw last, so this comes before the generation is looked at.
local pause = map(metadata.annotations)["strimzi.io/pause-reconciliation"]
if pause == "true" or pause == "True" or pause == "TRUE" or (paused and pause ~= nil and pause ~= "false") then
  return {status = "Healthy", message = "paused: the operator changes nothing while strimzi.io/pause-reconciliation is true"}
end
if metadata.generation ~= nil and status.observedGeneration ~= metadata.generation then
  return {status = "Progressing", message = "the Cluster Operator has not brought up what was applied last"}
end
-- The first status of a new cluster.
if broken and broken.reason == "Creating" then
  return {status = "Progressing", message = text(broken.message, "being created")}
end
if broken then
  return {status = "Degraded", message = text(broken.message, text(broken.reason, "not ready"))}
end
if ready and not paused then
  local message = "ready"
  if warning then message = "ready, with a warning: " .. warning end
  return {status = "Healthy", message = message}
end
return {status = "Progressing", message = "waiting for the Cluster Operator"}

-- Health of a FlinkStateSnapshot, for which Argo CD has no check. Its status names no generation: a snapshot is taken
-- once, and what is changed after that changes nothing.
local function map(value)
  if type(value) == "table" then return value end
  return {}
end
local function text(value, otherwise)
  if type(value) == "string" and value ~= "" then return value end
  return otherwise
end

local status = map(obj.status)
local failure = text(status.error)
if status.state == "COMPLETED" then
  local message = "taken"
  if text(status.path) then message = "taken: " .. status.path end
  return {status = "Healthy", message = message}
end
-- The last word: as long as there are retries left, a failure is pending again.
if status.state == "FAILED" then
  return {status = "Degraded", message = failure or "the snapshot failed"}
end
if status.state == "ABANDONED" then
  return {status = "Degraded", message = failure or "given up: the job does not run"}
end
local message = "waiting for the Flink operator; what it refuses is told by the events of this resource"
if status.state == "IN_PROGRESS" then message = "being taken" end
if failure then message = "tried again after: " .. failure end
return {status = "Progressing", message = message}

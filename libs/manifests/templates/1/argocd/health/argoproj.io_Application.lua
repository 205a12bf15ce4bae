-- Health of an Application inside another one: its own, when it has synced what it was told. Argo CD dropped this in 1.8; without
-- it the waves between the Applications of a root do not wait for each other. Its health alone is not enough: an Application
-- whose version has just changed is as healthy as it was before. OutOfSync does not count: where a person starts every
-- sync, a root would wait for ever.
local function map(value)
  if type(value) == "table" then return value end
  return {}
end
local function text(value)
  if type(value) == "string" then return value end
  return ""
end

-- Whether the controller has looked at the sources that are declared now.
local function compared(declared, seen)
  for _, field in ipairs({"repoURL", "path", "chart", "targetRevision"}) do
    if text(declared[field]) ~= text(seen[field]) then return false end
  end
  return true
end

local spec, status = map(obj.spec), map(obj.status)
local health, operation = map(status.health), map(status.operationState)
if text(health.status) == "" then
  return {status = "Progressing", message = "waiting for a first status"}
end

-- Before the comparison: what a failing sync needs may be another version, and a root that waits does not bring it.
if operation.phase == "Running" and text(operation.finishedAt) ~= "" then
  return {status = "Degraded", message = "its sync fails, and is tried again: " .. text(operation.message)}
end
if operation.phase == "Running" or type(obj.operation) == "table" then
  return {status = "Progressing", message = "it is being synced"}
end

local seen = map(map(status.sync).comparedTo)
local sources, seenSources = map(spec.sources), map(seen.sources)
local current = #sources == #seenSources
for index, source in ipairs(sources) do
  current = current and compared(map(source), map(seenSources[index]))
end
if #sources == 0 then current = compared(map(spec.source), map(seen.source)) end
if status.sync ~= nil and not current then
  return {status = "Progressing", message = "Argo CD has not taken up what was applied last"}
end
return {status = health.status, message = text(health.message)}

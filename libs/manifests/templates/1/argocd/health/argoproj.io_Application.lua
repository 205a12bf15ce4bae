-- Health of an Application inside another one: its own. Argo CD dropped this in 1.8; without it the waves between the
-- Applications of a root do not wait for each other.
local function map(value)
  if type(value) == "table" then return value end
  return {}
end

local health = map(map(obj.status).health)
if type(health.status) ~= "string" or health.status == "" then
  return {status = "Progressing", message = "waiting for a first status"}
end
local message = ""
if type(health.message) == "string" then message = health.message end
return {status = health.status, message = message}

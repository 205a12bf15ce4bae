-- Health of a FlinkSessionJob, for which Argo CD 3.5 has no check.
local function map(value)
  if type(value) == "table" then return value end
  return {}
end
local function text(value, otherwise)
  if type(value) == "string" and value ~= "" then return value end
  return otherwise
end

local metadata, spec, status = map(obj.metadata), map(obj.spec), map(obj.status)
local reconciliation, job = map(status.reconciliationStatus), map(status.jobStatus)
local lifecycle = text(status.lifecycleState, text(reconciliation.state, "CREATED"))
local current = metadata.generation == nil or status.observedGeneration == metadata.generation
local cluster = text(spec.deploymentName, "that deploymentName names")

-- Before the generation: a spec that the operator refuses, or cannot upgrade to, is never the observed one. To wait for
-- it would be to wait for ever. An error that the new spec has just put right is gone with the next retry of the sync.
-- The operator removes the error of a session job only with its next deployment: one that is there while the job does
-- what was applied last is an old one, or one of a savepoint.
local failure = text(status.error)
local note = ""
if failure then
  local works = (job.state == "RUNNING" or job.state == "FINISHED" or lifecycle == "SUSPENDED") and lifecycle ~= "FAILED"
  if not current then
    return {status = "Degraded", message = "what was applied last does not run: " .. failure}
  end
  if not works then
    return {status = "Degraded", message = failure}
  end
  note = "; the operator's last error: " .. failure
end

local wanted = map(spec.job).state
if wanted == "suspended" and reconciliation.lastReconciledSpec == nil then
  -- The operator does nothing with it, and says nothing of it.
  return {status = "Healthy", message = "suspended since it was created: nothing has been submitted yet"}
end
if status.lifecycleState == nil and reconciliation.state == nil and status.observedGeneration == nil then
  return {status = "Progressing", message = "waiting for the Flink operator"}
end
if lifecycle == "DELETING" or lifecycle == "DELETED" then
  return {status = "Progressing", message = "being deleted"}
end
if reconciliation.lastReconciledSpec == nil then
  return {status = "Progressing", message = "waiting for the session cluster " .. cluster}
end
if not current then
  return {status = "Progressing", message = "the Flink operator has not taken up what was applied last"}
end
if wanted == "suspended" then
  if lifecycle ~= "SUSPENDED" then
    return {status = "Progressing", message = "being suspended"}
  end
  -- Healthy, not Suspended: a sync waits for ever for what is suspended.
  local message = "suspended"
  if text(job.upgradeSavepointPath) then message = "suspended, its state is in " .. job.upgradeSavepointPath end
  return {status = "Healthy", message = message .. note}
end

if lifecycle == "ROLLED_BACK" or lifecycle == "ROLLING_BACK" then
  return {status = "Degraded", message = "the operator went back to the last spec that was stable: revert the change, or mend it"}
end
if job.state == "FAILED" or lifecycle == "FAILED" then
  return {status = "Degraded", message = "the job has failed"}
end
-- SUSPENDED here is a step of an upgrade: the job is wanted.
if lifecycle == "CREATED" or lifecycle == "UPGRADING" or lifecycle == "SUSPENDED" then
  return {status = "Progressing", message = "being submitted to the session cluster " .. cluster}
end
if job.state == "RUNNING" then
  return {status = "Healthy", message = "the job is running" .. note}
end
if job.state == "FINISHED" then
  return {status = "Healthy", message = "the job has come to its end" .. note}
end
if job.state == "CANCELED" then
  return {status = "Degraded", message = "the job was cancelled, and not by the operator"}
end
return {status = "Progressing", message = "the job is " .. text(job.state, "not there yet")}

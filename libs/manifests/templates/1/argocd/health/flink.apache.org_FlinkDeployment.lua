-- Health of a FlinkDeployment: of the job, or of the session cluster where it has none. Argo CD's own check asks only
-- whether the operator has deployed it: a failed job is Healthy, and so is the status of an older generation.
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
local jobmanager = status.jobManagerDeploymentStatus
local lifecycle = text(status.lifecycleState, text(reconciliation.state, "CREATED"))
local current = metadata.generation == nil or status.observedGeneration == metadata.generation

-- Before the generation: a spec that the operator refuses, or cannot upgrade to, is never the observed one. To wait for
-- it would be to wait for ever. An error that the new spec has just put right is gone with the next retry of the sync.
local failure = text(status.error)
if failure then
  local message = failure
  if not current then message = "what was applied last does not run: " .. failure end
  return {status = "Degraded", message = message}
end

local wanted = map(spec.job).state
if wanted == "suspended" and reconciliation.lastReconciledSpec == nil then
  -- The operator does nothing with it, and says nothing of it.
  return {status = "Healthy", message = "suspended since it was created: nothing has been deployed yet"}
end
if status.lifecycleState == nil and reconciliation.state == nil and status.observedGeneration == nil then
  return {status = "Progressing", message = "waiting for the Flink operator"}
end
if lifecycle == "DELETING" or lifecycle == "DELETED" then
  return {status = "Progressing", message = "being deleted"}
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
  return {status = "Healthy", message = message}
end

-- Git still has the spec that failed; the cluster has the last one that did not.
if lifecycle == "ROLLED_BACK" or lifecycle == "ROLLING_BACK" then
  return {status = "Degraded", message = "the operator went back to the last spec that was stable: revert the change, or mend it"}
end
if job.state == "FAILED" or lifecycle == "FAILED" then
  return {status = "Degraded", message = "the job has failed"}
end
if jobmanager == "ERROR" then
  return {status = "Degraded", message = "the JobManager cannot be deployed"}
end
-- SUSPENDED here is a step of an upgrade: the job is wanted.
if lifecycle == "CREATED" or lifecycle == "UPGRADING" or lifecycle == "SUSPENDED" then
  return {status = "Progressing", message = "being deployed"}
end

if type(spec.job) ~= "table" then
  if jobmanager == "READY" then
    return {status = "Healthy", message = "the session cluster is ready"}
  end
  return {status = "Progressing", message = "the JobManager is " .. text(jobmanager, "not there yet")}
end
if job.state == "RUNNING" then
  return {status = "Healthy", message = "the job is running"}
end
if job.state == "FINISHED" then
  return {status = "Healthy", message = "the job has come to its end"}
end
if job.state == "CANCELED" then
  return {status = "Degraded", message = "the job was cancelled, and not by the operator"}
end
return {status = "Progressing", message = "the job is " .. text(job.state, "not there yet")}

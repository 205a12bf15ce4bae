import { CREDENTIALS_MOUNT, credentialsName, forFlink, JOB_PODS, jobStorage, usersOfJob, type Environment, type Job, type PlacedJob } from '@millrace/model';

import { sorted, unlessEmpty } from '../context-values.js';
import { schemaRegistryVolume } from '../environment/schema-registry.js';
import { clusterSettings, metricsPort, podLabels } from '../flink/cluster-settings.js';
import { operatorSettings, scheduler } from '../flink/job-settings.js';
import type { Context } from '../template.js';
import { releasedDefaults } from './bases.js';
import { passwordKey } from './client-files.js';
import { jobArguments } from './job-arguments.js';
import { sessionOf, type Placed } from './placed.js';

/** A job that runs in an environment: as its release declares it, and what its placement says of it. */
export interface RunningJob {
  readonly name: string;
  readonly job: Job;
  readonly placement: PlacedJob;
}

/** What the patch of a job in a session says. */
export function sessionPatch(placed: Placed, running: RunningJob): Context {
  const settings = {
    ...stateFolders(placed, running),
    ...operatorSettings(placed.environment, running.placement),
    ...saidAgain(placed.environment, sessionOf(placed, running.name), running.job),
  };
  return { ...common(placed, running, settings), session: sessionOf(placed, running.name) };
}

/** What the patch of a job that is its own cluster says: beside the same its pods, and what else its session would have. */
export function applicationPatch(placed: Placed, running: RunningJob): Context {
  const { environment, pipeline } = placed;
  const { name, job, placement } = running;
  const settings = {
    ...stateFolders(placed, running),
    ...clusterSettings(environment, pipeline.team),
    'high-availability.storageDir': jobStorage(environment.flink.storage, pipeline.pipeline, name).highAvailability,
    'taskmanager.numberOfTaskSlots': String(placement.slots ?? JOB_PODS.slots),
    'web.submit.enable': 'false',
    ...operatorSettings(environment, placement),
    ...scheduler(placement),
    ...forFlink(job.flinkVersion, environment.flink.flinkConfiguration),
  };
  return {
    ...common(placed, running, settings),
    jobManager: { ...JOB_PODS.jobManager, ...placement.jobManager },
    taskManager: { ...JOB_PODS.taskManager, ...placement.taskManager },
    env: unlessEmpty(sorted(placement.env)),
    secrets: unlessEmpty(sorted(placement.secrets)),
    mount: CREDENTIALS_MOUNT,
    credentials: credentialsName(job.user),
    clients: usersOfJob(job).map(credentialsName),
    ...schemaRegistryVolume(environment),
    passwordKey: passwordKey(job.user),
    podLabels: podLabels(environment, pipeline.team),
    metricsPort: metricsPort(environment),
  };
}

/** What either patch says. Of the environment's settings, what the job's release says itself is left to it; the placement wins over both. */
function common(placed: Placed, { name, job, placement }: RunningJob, settings: Readonly<Record<string, string>>): Context {
  const { pipeline, foreign } = placed;
  const args = jobArguments(pipeline, foreign, name, placed.placement);
  return {
    job: name,
    ...placement,
    initialSavepointPath: placement.initialSavepointPath,
    hasRestartNonce: placement.restartNonce !== undefined,
    restartNonce: placement.restartNonce,
    hasSavepointRedeployNonce: placement.savepointRedeployNonce !== undefined,
    savepointRedeployNonce: placement.savepointRedeployNonce,
    // A list is replaced as a whole, so it is written only where it is not the release's.
    args: args.join('\0') === jobArguments(pipeline, foreign, name).join('\0') ? undefined : args,
    flinkConfiguration: sorted({ ...without(settings, job.flinkConfiguration), ...placement.flinkConfiguration }),
  };
}

/** Settings without those that somebody else says. */
function without(settings: Readonly<Record<string, string>>, others: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => !Object.hasOwn(others, key)));
}

function stateFolders({ environment, pipeline }: Placed, { name, job }: RunningJob): Record<string, string> {
  const { checkpoints, savepoints } = jobStorage(environment.flink.storage, pipeline.pipeline, name);
  return forFlink(job.flinkVersion, { 'execution.checkpointing.dir': checkpoints, 'execution.checkpointing.savepoint-dir': savepoints });
}

/**
 * Settings of the environment and the session cluster that would lose against a default of the release, since what a job
 * brings along wins over its cluster's.
 */
function saidAgain({ flink }: Environment, session: string | undefined, job: Job): Record<string, string> {
  const here = { ...forFlink(job.flinkVersion, flink.flinkConfiguration), ...(session === undefined ? {} : flink.sessions[session]?.flinkConfiguration) };
  return Object.fromEntries(Object.entries(here).filter(([key]) => Object.hasOwn(releasedDefaults(job), key)));
}

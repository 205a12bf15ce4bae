import {
  CREDENTIALS_MOUNT,
  credentialsName,
  forFlink,
  JOB_PODS,
  jobStorage,
  placedJobSchema,
  relativePath,
  sessionCredentialsName,
  usersOfJob,
  type Environment,
  type Job,
  type PlacedJob,
} from '@millrace/model';

import { schemaRegistryVolume } from '../environment/schema-registry.js';
import { manifestsIn, sorted, unlessEmpty, type Manifest } from '../file.js';
import { clusterSettings, metricsPort, podLabels } from '../flink/cluster-settings.js';
import { operatorSettings, scheduler, unless } from '../flink/job-settings.js';
import { kustomizationContext, type PatchesOf } from '../kustomization.js';
import { releasedDefaults } from './bases.js';
import { passwordKey } from './client-files.js';
import { clientSecret } from './client-secret.js';
import { jobArguments } from './job-arguments.js';
import { deployedJobs, jobUsers, runningJobs, sessionOf, type Placed } from './placed.js';

/** A job that its placement does not mention runs with these. */
const UNSIZED = placedJobSchema.parse({});

/** The overlay of a pipeline's jobs: credentials, sizes, state folders, high availability, pods. */
export function flinkOverlay(placed: Placed, patchesOf: PatchesOf): readonly Manifest[] {
  const { environment, layout, namespace, placement, pipeline, foreign, bases, file } = placed;
  const { mode } = environment.flink;
  const folder = `${placed.folder}/flink`;
  const running = runningJobs(placed).flatMap((name) => {
    const job = pipeline.jobs[name];
    return job === undefined ? [] : [{ name, job, here: placement.jobs[name] ?? UNSIZED }];
  });
  if (deployedJobs(placed).length === 0) return [];
  const absent = deployedJobs(placed).filter((name) => !running.some((job) => job.name === name));
  const manifest = manifestsIn(folder, file, layout);

  const jobs = running.map(({ name, job, here }) => {
    const args = jobArguments(pipeline, foreign, name, placement);
    const common = {
      job: name,
      ...here,
      initialSavepointPath: here.initialSavepointPath,
      hasRestartNonce: here.restartNonce !== undefined,
      restartNonce: here.restartNonce,
      hasSavepointRedeployNonce: here.savepointRedeployNonce !== undefined,
      savepointRedeployNonce: here.savepointRedeployNonce,
      // A list is replaced as a whole, so it is written only where it is not the release's.
      args: args.join('\0') === jobArguments(pipeline, foreign, name).join('\0') ? undefined : args,
    };
    if (mode === 'session') {
      const session = sessionOf(placed, name);
      return manifest(`job-${name}.yaml`, 'pipeline/session-job-patch', {
        ...common,
        session,
        flinkConfiguration: sorted({ ...unless(sessionJobConfiguration(placed, name, job, here), job.flinkConfiguration), ...here.flinkConfiguration }),
      });
    }
    return manifest(`job-${name}.yaml`, 'pipeline/application-patch', {
      ...common,
      jobManager: { ...JOB_PODS.jobManager, ...here.jobManager },
      taskManager: { ...JOB_PODS.taskManager, ...here.taskManager },
      env: unlessEmpty(sorted(here.env)),
      secrets: unlessEmpty(sorted(here.secrets)),
      mount: CREDENTIALS_MOUNT,
      credentials: credentialsName(job.user),
      clients: usersOfJob(job).map(credentialsName),
      ...schemaRegistryVolume(environment),
      passwordKey: passwordKey(job.user),
      podLabels: podLabels(environment, pipeline.team),
      metricsPort: metricsPort(environment),
      flinkConfiguration: sorted({ ...unless(applicationConfiguration(placed, name, job, here), job.flinkConfiguration), ...here.flinkConfiguration }),
    });
  });

  // Also of jobs that are switched off: an overlay without any resource would not be synced.
  const secrets = jobUsers(placed).flatMap(({ user, kafka }) =>
    secretTargets(placed, user).map(({ file: path, name, target, creationPolicy }) =>
      manifest(path, 'pipeline/external-secret', {
        name,
        target,
        creationPolicy,
        ...clientSecret(environment, kafka, user),
      }),
    ),
  );
  const kustomization = kustomizationContext({
    namespace,
    resources: [relativePath(folder, `${bases}/${mode}`), ...secrets.map(({ path }) => relativePath(folder, path))],
    labels: { 'app.kubernetes.io/part-of': pipeline.pipeline },
    patches: [...running.map(({ name }) => `job-${name}.yaml`), ...absent.map((name) => `without-${name}.yaml`)],
    own: { folder, patches: patchesOf(folder) },
  });
  const withouts = absent.map((name) =>
    manifest(`without-${name}.yaml`, 'pipeline/without-job', { job: name, kind: mode === 'session' ? 'FlinkSessionJob' : 'FlinkDeployment' }),
  );
  return [manifest('kustomization.yaml', 'kustomization', kustomization), ...jobs, ...withouts, ...secrets];
}

interface SecretTarget {
  readonly file: string;
  readonly name: string;
  readonly target: string;
  readonly creationPolicy: 'Owner' | 'Merge';
}

/** A user's own Secret in application mode; in a session, the Secret of every session cluster that its jobs run in. */
function secretTargets(placed: Placed, user: string): readonly SecretTarget[] {
  const name = credentialsName(user);
  if (placed.environment.flink.mode === 'application') return [{ file: `credentials-${user}.yaml`, name, target: name, creationPolicy: 'Owner' }];
  const jobs = deployedJobs(placed).filter((name) => {
    const job = placed.pipeline.jobs[name];
    return job !== undefined && usersOfJob(job).includes(user);
  });
  const sessions = [...new Set(jobs.flatMap((job) => sessionOf(placed, job) ?? []))].sort();
  return sessions.map((session, index) => ({
    file: index === 0 ? `credentials-${user}.yaml` : `credentials-${user}.${session}.yaml`,
    name: index === 0 ? name : `${name}.${session}`,
    target: sessionCredentialsName(session),
    creationPolicy: 'Merge',
  }));
}

function stateFolders({ environment, pipeline }: Placed, name: string, job: Job): Record<string, string> {
  const { checkpoints, savepoints } = jobStorage(environment.flink.storage, pipeline.pipeline, name);
  return forFlink(job.flinkVersion, { 'execution.checkpointing.dir': checkpoints, 'execution.checkpointing.savepoint-dir': savepoints });
}

/** What an environment gives a job that is its own cluster. What the job's release says itself is left to it. */
function applicationConfiguration(placed: Placed, name: string, job: Job, here: PlacedJob): Record<string, string> {
  const { environment, pipeline } = placed;
  return {
    ...stateFolders(placed, name, job),
    ...clusterSettings(environment, pipeline.team),
    'high-availability.storageDir': jobStorage(environment.flink.storage, pipeline.pipeline, name).highAvailability,
    'taskmanager.numberOfTaskSlots': String(here.slots ?? JOB_PODS.slots),
    'web.submit.enable': 'false',
    ...operatorSettings(environment, here),
    ...scheduler(here),
    ...forFlink(job.flinkVersion, environment.flink.flinkConfiguration),
  };
}

/** The same for a job in a session, whose cluster has the rest. */
function sessionJobConfiguration(placed: Placed, name: string, job: Job, here: PlacedJob): Record<string, string> {
  const { environment } = placed;
  return {
    ...stateFolders(placed, name, job),
    ...operatorSettings(environment, here),
    ...saidAgain(environment, sessionOf(placed, name), job),
  };
}

/**
 * Settings of the environment and the session cluster that would lose against a default of the release, since what a job
 * brings along wins over its cluster's.
 */
function saidAgain({ flink }: Environment, session: string | undefined, job: Job): Record<string, string> {
  const here = { ...forFlink(job.flinkVersion, flink.flinkConfiguration), ...(session === undefined ? {} : flink.sessions[session]?.flinkConfiguration) };
  return Object.fromEntries(Object.entries(here).filter(([key]) => Object.hasOwn(releasedDefaults(job), key)));
}

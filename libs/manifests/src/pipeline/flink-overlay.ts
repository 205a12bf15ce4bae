import { credentialsName, placedJobSchema, sessionCredentialsName, usersOfJob } from '@millrace/model';

import { manifestsIn, type Manifest } from '../file.js';
import { overlay, type PatchesOf } from '../kustomization.js';
import { clientSecret } from './client-secret.js';
import { applicationPatch, sessionPatch } from './job-patches.js';
import { deployedJobs, jobUsers, runningJobs, sessionOf, type Placed } from './placed.js';

/** A job that its placement does not mention runs with these. */
const UNSIZED = placedJobSchema.parse({});

/** The overlay of a pipeline's jobs: credentials, and of each job its patch, which takes out those that are switched off. */
export function flinkOverlay(placed: Placed, patchesOf: PatchesOf): readonly Manifest[] {
  const { environment, layout, namespace, placement, pipeline, bases, file } = placed;
  const { mode } = environment.flink;
  const deployed = deployedJobs(placed);
  if (deployed.length === 0) return [];
  const running = runningJobs(placed);
  const folder = `${placed.folder}/flink`;
  const manifest = manifestsIn(folder, file, layout);

  const jobs = running.flatMap((name) => {
    const job = pipeline.jobs[name];
    if (job === undefined) return [];
    const here = { name, job, placement: placement.jobs[name] ?? UNSIZED };
    return mode === 'session'
      ? [manifest(`job-${name}.yaml`, 'pipeline/session-job-patch', sessionPatch(placed, here))]
      : [manifest(`job-${name}.yaml`, 'pipeline/application-patch', applicationPatch(placed, here))];
  });
  const kind = mode === 'session' ? 'FlinkSessionJob' : 'FlinkDeployment';
  const withouts = deployed
    .filter((name) => !running.includes(name))
    .map((name) => manifest(`without-${name}.yaml`, 'pipeline/without-job', { job: name, kind }));
  // Also of jobs that are switched off: an overlay without any resource would not be synced.
  const secrets = jobUsers(placed).flatMap(({ user, kafka }) =>
    secretTargets(placed, user).map(({ file: path, ...target }) =>
      manifest(path, 'pipeline/external-secret', { ...target, ...clientSecret(environment, kafka, user) }),
    ),
  );
  const labels = { 'app.kubernetes.io/part-of': pipeline.pipeline };
  return overlay(manifest, { folder, namespace, labels, base: `${bases}/${mode}`, resources: secrets, patches: [...jobs, ...withouts] }, patchesOf);
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

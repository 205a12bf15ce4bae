import { properFlinkKey, type Problem, type Workspace } from '@millrace/model';

import { autoscalerLimits } from './autoscaler.js';
import { everyPlacedJob, type PlacedJobOf } from './every-placed-job.js';
import { everyPlacement } from './every-placement.js';
import { problemAt } from './rule.js';
import { environmentOfPods, sessionOfJob, sizesInSession } from './session-jobs.js';

/** What a placement says of a job is possible there, and the release has the job. */
export function* placedJobs(workspace: Workspace): Generator<Problem> {
  yield* unknownJobs(workspace);
  for (const placed of everyPlacedJob(workspace)) {
    yield* parallelism(placed);
    yield* savepoints(placed);
    yield* settings(placed);
    yield* autoscalerLimits(placed);
    if (placed.here.environment.flink.mode === 'session') {
      yield* environmentOfPods(placed);
      yield* sessionOfJob(workspace, placed);
      yield* sizesInSession(placed);
    } else if (placed.job.session !== undefined) {
      yield problemAt(
        placed.declared,
        ['jobs', placed.name, 'session'],
        `${placed.here.environment.environment} runs every job in a cluster of its own: there is no session to choose`,
        'Remove session, or give the job an environment of mode session.',
      );
    }
  }
}

function* unknownJobs(workspace: Workspace): Generator<Problem> {
  for (const { declared, here } of everyPlacement(workspace)) {
    const { pipeline, placement } = here;
    for (const name of Object.keys(placement.jobs)) {
      if (name in pipeline.jobs) continue;
      yield problemAt(
        declared,
        ['jobs', name],
        `release ${placement.release} of ${pipeline.pipeline} has no job ${name}`,
        `Write one of ${Object.keys(pipeline.jobs).join(', ') || '(none)'}.`,
      );
    }
  }
}

function* parallelism({ declared, name, job, released }: PlacedJobOf): Generator<Problem> {
  if (job.parallelism <= released.maxParallelism) return;
  yield problemAt(
    declared,
    ['jobs', name, 'parallelism'],
    `a parallelism of ${job.parallelism} is more than the job's maxParallelism of ${released.maxParallelism}`,
    'Lower it: maxParallelism cannot be raised without losing the state (R84).',
  );
}

/** Where a job starts from lies in this environment, and a nonce says of what. */
function* savepoints({ declared, here: { environment }, name, job }: PlacedJobOf): Generator<Problem> {
  if (job.savepointRedeployNonce !== undefined && job.initialSavepointPath === undefined) {
    yield problemAt(
      declared,
      ['jobs', name, 'savepointRedeployNonce'],
      'savepointRedeployNonce needs initialSavepointPath',
      'Add initialSavepointPath, or remove the nonce (R33).',
    );
  }
  if (job.initialSavepointPath !== undefined && !job.initialSavepointPath.startsWith(`${environment.flink.storage}/`)) {
    yield problemAt(
      declared,
      ['jobs', name, 'initialSavepointPath'],
      `${job.initialSavepointPath} is not under the storage of ${environment.environment}, ${environment.flink.storage}`,
      'Start from a savepoint of this environment: another one has the offsets of other topics (R86).',
    );
  }
}

/** Flink's settings have the names of the job's version; no variable is said twice. */
function* settings({ declared, name, job, released }: PlacedJobOf): Generator<Problem> {
  for (const key of Object.keys(job.flinkConfiguration)) {
    const proper = properFlinkKey(released.flinkVersion, key);
    if (proper !== undefined) {
      yield problemAt(declared, ['jobs', name, 'flinkConfiguration', key], `Flink ${released.flinkVersion} calls ${key} ${proper}`, `Write ${proper}.`);
    }
  }
  for (const variable of Object.keys(job.secrets)) {
    if (variable in job.env) yield problemAt(declared, ['jobs', name, 'secrets', variable], `${variable} is in env and in secrets`, 'Remove one of the two.');
  }
}

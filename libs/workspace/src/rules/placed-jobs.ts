import { placed, sessionOf, teamNamespace, type Placed } from '@millrace/manifests';
import { environmentFile, type Declared, type Job, type PlacedJob, type Placement, type Problem, type Workspace } from '@millrace/model';

import { problemAt } from './rule.js';

const OVERRIDES = 'pipeline.jobvertex-parallelism-overrides';

/** How big a job is in an environment and in which session cluster it runs: what its placement says must be possible there. */
export function* placedJobs(workspace: Workspace): Generator<Problem> {
  for (const { declared, here, name, job, released } of everyPlacedJob(workspace)) {
    yield* limits(declared, here, { name, job, released });
    if (here.environment.flink.mode === 'session') {
      yield* session(workspace, declared, here, { name, job, released });
      yield* sizes(declared, here, { name, job, released });
    } else if (job.session !== undefined) {
      yield problemAt(
        declared,
        ['jobs', name, 'session'],
        `${here.environment.environment} runs every job in a cluster of its own: there is no session to choose`,
        'Remove session, or give the job an environment of mode session.',
      );
    }
  }
}

/** Limits between which the autoscaler finds hardly a step: it prefers divisors of the maximum parallelism (R40). */
export function* coarseSteps(workspace: Workspace): Generator<Problem> {
  for (const { declared, name, job, released } of everyPlacedJob(workspace)) {
    if (job.autoscaler === undefined) continue;
    const { minParallelism, maxParallelism } = job.autoscaler;
    const steps = Array.from({ length: maxParallelism }, (_, index) => index + 1).filter(
      (step) => step >= minParallelism && released.maxParallelism % step === 0,
    );
    const bounds = [minParallelism, ...steps, maxParallelism];
    if (bounds.every((bound, index) => bound <= 2 * (bounds[index - 1] ?? bound))) continue;
    yield problemAt(
      declared,
      ['jobs', name, 'autoscaler'],
      `between ${minParallelism} and ${maxParallelism} the autoscaler finds few steps: it prefers to spread keys evenly, over divisors of the job's maxParallelism of ${released.maxParallelism}${steps.length === 0 ? '' : ` (${steps.join(', ')})`}`,
      'A new job gets a number with many divisors, as 120, 180, 240, 360 or 720. That of a job with state cannot be changed (R84).',
    );
  }
}

interface PlacedJobOf {
  readonly name: string;
  readonly job: PlacedJob;
  /** The job as the release that is placed declares it. */
  readonly released: Job;
}

function* everyPlacedJob(workspace: Workspace): Generator<PlacedJobOf & { readonly declared: Declared<Placement>; readonly here: Placed }> {
  for (const [environment, placements] of workspace.placements) {
    for (const [pipeline, declared] of placements) {
      const here = placed(workspace, environment, pipeline);
      if (here === undefined) continue;
      for (const [name, job] of Object.entries(here.placement.jobs)) {
        const released = here.pipeline.jobs[name];
        if (released !== undefined) yield { declared, here, name, job, released };
      }
    }
  }
}

function* limits(declared: Declared<Placement>, { environment }: Placed, { name, job, released }: PlacedJobOf): Generator<Problem> {
  if (job.autoscaler === undefined) return;
  const at = ['jobs', name, 'autoscaler'];
  const { minParallelism, maxParallelism } = job.autoscaler;
  if (maxParallelism > released.maxParallelism) {
    yield problemAt(
      declared,
      [...at, 'maxParallelism'],
      `the autoscaler may go up to ${maxParallelism}, the job up to its maxParallelism of ${released.maxParallelism}`,
      'Lower it: the maxParallelism of a job cannot be raised without losing the state (R84).',
    );
  }
  if (minParallelism > maxParallelism) {
    yield problemAt(
      declared,
      [...at, 'minParallelism'],
      `the autoscaler's least, ${minParallelism}, is more than its most, ${maxParallelism}`,
      'Lower minParallelism, or raise maxParallelism.',
    );
  } else if (job.parallelism < minParallelism || job.parallelism > maxParallelism) {
    yield problemAt(
      declared,
      at,
      `${name} starts with a parallelism of ${job.parallelism}, outside the autoscaler's limits of ${minParallelism} to ${maxParallelism}`,
      'Write a parallelism between the limits, or widen them.',
    );
  }
  const places = {
    'the release': released.flinkConfiguration,
    'this placement': job.flinkConfiguration,
    [environmentFile(environment.environment)]: environment.flink.flinkConfiguration,
  };
  for (const [place, settings] of Object.entries(places)) {
    if (!(OVERRIDES in settings)) continue;
    yield problemAt(
      declared,
      at,
      `${place} sets ${OVERRIDES}, which the autoscaler keeps itself`,
      'Remove one of the two: what the autoscaler finds is not in git (R40).',
    );
  }
}

function* session(
  workspace: Workspace,
  declared: Declared<Placement>,
  { environment, pipeline }: Placed,
  { name, job, released }: PlacedJobOf,
): Generator<Problem> {
  if (job.session === undefined) return;
  const at = ['jobs', name, 'session'];
  const found = environment.flink.sessions[job.session];
  const fitting = Object.entries(environment.flink.sessions)
    .filter(([, { team, flinkVersion }]) => team === pipeline.team && flinkVersion === released.flinkVersion)
    .map(([fit]) => fit);
  const remedy = `${fitting.length === 0 ? 'Make' : `Write ${fitting.join(' or ')}, leave session out, or make`} one: millrace session <name> --environment ${environment.environment} --team ${pipeline.team} --flink-version ${released.flinkVersion}`;
  if (found === undefined) {
    yield problemAt(declared, at, `${environment.environment} has no session cluster ${job.session}`, remedy);
  } else if (found.team !== pipeline.team) {
    const namespace = teamNamespace(workspace, environment, found.team) ?? '';
    yield problemAt(
      declared,
      at,
      `the session cluster ${job.session} is of the team ${found.team}, in its namespace ${namespace}: ${name} of ${pipeline.team} could read its credentials there`,
      remedy,
    );
  } else if (found.flinkVersion !== released.flinkVersion) {
    yield problemAt(
      declared,
      at,
      `the session cluster ${job.session} runs Flink ${found.flinkVersion}, the job ${name} is of Flink ${released.flinkVersion}`,
      remedy,
    );
  }
}

/** A job in a session has no pods: what is said of them would have no effect. */
function* sizes(declared: Declared<Placement>, here: Placed, { name, job }: PlacedJobOf): Generator<Problem> {
  const { environment } = here.environment;
  const sized = { slots: job.slots === undefined ? 0 : 1, jobManager: Object.keys(job.jobManager).length, taskManager: Object.keys(job.taskManager).length };
  for (const [key, said] of Object.entries(sized)) {
    if (said === 0) continue;
    yield problemAt(
      declared,
      ['jobs', name, key],
      `${environment} runs jobs in session clusters, whose pods no job owns: ${key} has no effect`,
      `Remove it, and size the cluster: millrace session ${sessionOf(here, name) ?? '<name>'} --environment ${environment} --slots <slots> --task-manager-memory <memory>`,
    );
  }
}

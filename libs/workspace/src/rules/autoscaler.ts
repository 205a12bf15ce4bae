import { environmentFile, type Problem, type Workspace } from '@millrace/model';

import { everyPlacedJob, type PlacedJobOf } from './every-placed-job.js';
import { problemAt } from './rule.js';

const OVERRIDES = 'pipeline.jobvertex-parallelism-overrides';

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

/** What the autoscaler may do is possible for the job, and nobody else does the same. */
export function* autoscalerLimits({ declared, here: { environment }, name, job, released }: PlacedJobOf): Generator<Problem> {
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

import type { Environment, PlacedJob } from '@millrace/model';

type Settings = Record<string, string>;

/**
 * What the operator does with a job besides running it, in applications and sessions alike: it reads these of the job's
 * own configuration (R37, R38, R40).
 */
export function operatorSettings(environment: Environment, here: PlacedJob): Settings {
  return {
    // Whoever deletes a job by mistake gets it back with its state.
    'kubernetes.operator.job.savepoint-on-deletion': 'true',
    ...periodicSavepoints(environment),
    ...autoscaler(here),
  };
}

function periodicSavepoints({ flink: { periodicSavepoints } }: Environment): Settings {
  if (periodicSavepoints === undefined) return {};
  const { interval, maxCount, maxAge } = periodicSavepoints;
  return {
    'kubernetes.operator.periodic.savepoint.interval': interval,
    'kubernetes.operator.savepoint.history.max.count': String(maxCount),
    'kubernetes.operator.savepoint.history.max.age': maxAge,
    // Else the operator forgets old savepoints, and they stay in the storage for ever (FlinkStateSnapshotUtils.java). The price: the
    // snapshots that are left when a job goes can be deleted only after this is taken out of each (StateSnapshotReconciler.java).
    'kubernetes.operator.savepoint.dispose-on-delete': 'true',
  };
}

/**
 * The operator's autoscaler (AutoScalerOptions.java). What it finds is in a ConfigMap of its own, never in git (R40).
 * It acts beyond 0.3 from the aim; where that is more than busy or less than idle, the bound is written.
 */
function autoscaler({ autoscaler }: PlacedJob): Settings {
  if (autoscaler === undefined) return {};
  const { minParallelism, maxParallelism, utilization, stabilizationInterval, metricsWindow } = autoscaler;
  return {
    'job.autoscaler.enabled': 'true',
    'job.autoscaler.vertex.min-parallelism': String(minParallelism),
    'job.autoscaler.vertex.max-parallelism': String(maxParallelism),
    'job.autoscaler.utilization.target': String(utilization),
    ...(utilization > 0.7 ? { 'job.autoscaler.utilization.max': '1.0' } : {}),
    ...(utilization < 0.3 ? { 'job.autoscaler.utilization.min': '0.0' } : {}),
    'job.autoscaler.stabilization.interval': stabilizationInterval,
    'job.autoscaler.metrics.window': metricsWindow,
  };
}

/** The scheduler with which Flink changes a running job's parallelism in place; without it every change is a restart with a savepoint. */
export function scheduler({ autoscaler }: PlacedJob): Settings {
  return autoscaler === undefined ? {} : { 'jobmanager.scheduler': 'adaptive' };
}

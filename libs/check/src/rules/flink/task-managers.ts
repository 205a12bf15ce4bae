import { numberAt } from '../../field.js';
import type { FlinkSpec } from './flink-spec.js';

/** How many subtasks a job runs as: TaskManagers times slots where their number is set (FlinkConfigBuilder.java). Undefined where nobody says. */
export function parallelismOf(flink: FlinkSpec): number | undefined {
  const { spec, job } = flink;
  if (job === undefined) return undefined;
  const replicas = numberAt(spec, 'taskManager', 'replicas');
  if (replicas === undefined) return numberAt(job, 'parallelism');
  const slots = slotsOf(flink);
  return slots === undefined ? undefined : replicas * slots;
}

/**
 * How many TaskManagers a cluster has; undefined where nobody says. A number that is set counts where the operator reads it: for a job,
 * and in standalone mode. A session cluster in native mode has as many as its jobs ask for.
 */
export function taskManagersOf(flink: FlinkSpec): number | undefined {
  const { spec, job } = flink;
  const replicas = numberAt(spec, 'taskManager', 'replicas');
  if (replicas !== undefined) return job !== undefined || spec['mode'] === 'standalone' ? replicas : undefined;
  if (job === undefined) return spec['mode'] === 'standalone' ? 1 : undefined;
  const [parallelism, slots] = [numberAt(job, 'parallelism'), slotsOf(flink)];
  return parallelism === undefined || slots === undefined || slots < 1 ? undefined : Math.ceil(parallelism / slots);
}

function slotsOf({ settings }: FlinkSpec): number | undefined {
  const slots = Number(settings.key('taskmanager.numberOfTaskSlots')?.text ?? 1);
  return Number.isInteger(slots) ? slots : undefined;
}

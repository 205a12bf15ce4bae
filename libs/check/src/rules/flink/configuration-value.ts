import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';
import { flinkSpecOf, JOBS } from './flink-spec.js';
import { namesOf } from './option-names.js';
import { isDuration, isMemorySize } from './value-formats.js';

interface ValueType {
  readonly expected: string;
  readonly takes: (text: string) => boolean;
  readonly options: readonly string[];
}

const operator = (...names: readonly string[]): readonly string[] => names.map((name) => `kubernetes.operator.${name}`);
const under = (prefix: string, ...names: readonly string[]): readonly string[] => names.map((name) => `${prefix}.${name}`);

/** The options that deployments set and that Flink 1.17 to 2.2 and the operator read with a type. */
const types: readonly ValueType[] = [
  {
    expected: 'a duration, for example `60s` or `10 min`',
    takes: isDuration,
    options: [
      ...under('execution.checkpointing', 'interval', 'interval-during-backlog', 'min-pause', 'timeout', 'aligned-checkpoint-timeout'),
      ...under('restart-strategy', 'fixed-delay.delay', 'failure-rate.delay', 'failure-rate.failure-rate-interval'),
      ...under('restart-strategy.exponential-delay', 'initial-backoff', 'max-backoff', 'reset-backoff-threshold'),
      ...['heartbeat.interval', 'heartbeat.timeout', 'pekko.ask.timeout', 'pipeline.auto-watermark-interval', 'slot.request.timeout', 'table.exec.state.ttl'],
      ...operator('deployment.readiness.timeout', 'job.upgrade.last-state.max.allowed.checkpoint.age', 'savepoint.history.max.age'),
      ...operator('reconcile.interval', 'cluster.health-check.restarts.window', 'jm-deployment.shutdown-ttl'),
      ...under('job.autoscaler', 'metrics.window', 'stabilization.interval', 'catch-up.duration', 'restart.time', 'scale-down.interval'),
    ],
  },
  {
    expected: 'a size in the units b, k, m, g or t, for example `512m` (Flink reads no `Mi` and no fractions here)',
    takes: isMemorySize,
    options: [
      ...under('jobmanager.memory', 'process.size', 'flink.size', 'heap.size', 'off-heap.size', 'jvm-metaspace.size', 'jvm-overhead.min', 'jvm-overhead.max'),
      ...under('taskmanager.memory', 'process.size', 'flink.size', 'task.heap.size', 'task.off-heap.size', 'managed.size', 'network.min', 'network.max'),
      ...under(
        'taskmanager.memory',
        'framework.heap.size',
        'framework.off-heap.size',
        'jvm-metaspace.size',
        'jvm-overhead.min',
        'jvm-overhead.max',
        'segment-size',
      ),
    ],
  },
  {
    expected: 'a whole number',
    takes: (text) => /^[-+]?\d+$/.test(text.trim()),
    options: [
      ...['taskmanager.numberOfTaskSlots', 'parallelism.default', 'pipeline.max-parallelism', 'restart-strategy.fixed-delay.attempts'],
      ...under('execution.checkpointing', 'max-concurrent-checkpoints', 'num-retained', 'tolerable-failed-checkpoints'),
      ...['restart-strategy.failure-rate.max-failures-per-interval', 'kubernetes.operator.savepoint.history.max.count'],
    ],
  },
  {
    expected: 'true or false',
    takes: (text) => /^(?:true|false)$/i.test(text.trim()),
    options: [
      ...under('execution.checkpointing', 'incremental', 'unaligned.enabled'),
      ...['job.autoscaler.enabled', 'job.autoscaler.scaling.enabled', 'web.submit.enable', 'web.cancel.enable', 'pipeline.object-reuse'],
      ...operator('deployment.rollback.enabled', 'job.savepoint-on-deletion', 'job.upgrade.last-state-fallback.enabled', 'job.restart.failed'),
      ...operator('cluster.health-check.enabled', 'jm-deployment-recovery.enabled', 'snapshot.resource.enabled'),
    ],
  },
  {
    expected: 'EXACTLY_ONCE or AT_LEAST_ONCE',
    takes: (text) => /^(?:exactly_once|at_least_once)$/i.test(text.trim()),
    options: ['execution.checkpointing.mode'],
  },
];

const typeOf = new Map(types.flatMap((type) => type.options.flatMap(namesOf).map((key) => [key, type] as const)));

export const configurationValue: ResourceRule = {
  id: 'flink/configuration-value',
  severity: 'error',
  title: 'Flink can read the values of flinkConfiguration',
  source: 'R25, R31; Flink, TimeUtils.java (parseDuration), MemorySize.java (parse), ConfigurationUtils.java',
  consequence: 'The JobManager or the operator fails with "Could not parse value", and the job does not start.',
  fix: 'Write the value in the form that Flink reads: durations as `60s` or `10 min`, sizes as `512m`, switches as `true` or `false`.',
  reach: 'resource',
  on: JOBS,
  *check(subject) {
    for (const { key, text, path } of flinkSpecOf(subject)?.settings.all ?? []) {
      const type = typeOf.get(key);
      if (type === undefined || isSubstituted(text) || type.takes(text)) continue;
      yield { path, message: `${key} must be ${type.expected}, not "${text}"`, fix: `Write ${type.expected}.` };
    }
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    execution.checkpointing.interval: 60 seconds
    taskmanager.memory.managed.size: 512m
    taskmanager.numberOfTaskSlots: 2
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    execution.checkpointing.interval: 1h30m
`,
};

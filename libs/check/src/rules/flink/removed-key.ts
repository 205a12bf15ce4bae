import type { Offence, ResourceRule } from '../../rule.js';
import { CLUSTERS, flinkSpecOf, type FlinkSpec } from './flink-spec.js';
import { formatVersion, isAtLeast } from './flink-version.js';

/** Options of Flink 1.20 that 2.0 has under no name, and what to do about them. */
const removed: Readonly<Record<string, string>> = {
  'cluster.evenly-spread-out-slots': 'Write `taskmanager.load-balance.mode: SLOTS`.',
  'execution.checkpointing.force': 'Remove it.',
  'fine-grained.shuffle-mode.all-blocking': 'Remove it.',
  'high-availability.job.delay': 'Remove it.',
  'high-availability.zookeeper.path.running-registry': 'Remove it.',
  'jobmanager.heap.mb': 'Set spec.jobManager.resource.memory.',
  'jobmanager.heap.size': 'Set spec.jobManager.resource.memory.',
  'pipeline.auto-type-registration': 'Remove it.',
  'pipeline.default-kryo-serializers': 'Declare the serializers in pipeline.serialization-config.',
  'pipeline.registered-kryo-types': 'Declare the types in pipeline.serialization-config.',
  'pipeline.registered-pojo-types': 'Declare the types in pipeline.serialization-config.',
  'pipeline.time-characteristic': 'Remove it: event time is what Flink uses.',
  'security.ssl.enabled': 'Write security.ssl.internal.enabled and security.ssl.rest.enabled.',
  'state.backend.async': 'Remove it: snapshots are asynchronous.',
  'taskmanager.heap.mb': 'Set spec.taskManager.resource.memory.',
  'taskmanager.heap.size': 'Set spec.taskManager.resource.memory.',
  'taskmanager.network.blocking-shuffle.type': 'Remove it.',
  'taskmanager.network.max-num-tcp-connections': 'Remove it.',
  'taskmanager.network.memory.max-overdraft-buffers-per-gate': 'Remove it.',
  'taskmanager.network.numberOfBuffers': 'Set taskmanager.memory.network.fraction, min and max.',
  'taskmanager.registration.initial-backoff': 'Remove it.',
  'taskmanager.registration.max-backoff': 'Remove it.',
  'web.backpressure.refresh-interval': 'Remove it.',
  'web.ssl.enabled': 'Write security.ssl.rest.enabled.',
};

/** What is wrong with the settings that Flink 2 has no more. */
export function* removedSettings({ settings, version }: Pick<FlinkSpec, 'settings' | 'version'>): Generator<Offence> {
  if (version === undefined || !isAtLeast(version, 2, 0)) return;
  for (const { key, path } of settings.all) {
    const fix = Object.hasOwn(removed, key) ? removed[key] : undefined;
    if (fix !== undefined) yield { path, message: `Flink ${formatVersion(version)} does not know ${key}; it was removed in 2.0`, fix };
  }
}

export const removedKey: ResourceRule = {
  id: 'flink/removed-key',
  severity: 'error',
  title: 'The configuration has no option that Flink 2 took away',
  source: 'R30; the options of Flink 1.20.1 and 2.0.0 compared, and the release notes of Flink 2.0',
  consequence: 'Flink ignores the option without a word.',
  fix: 'Remove the key, or write what came in its place.',
  reach: 'resource',
  // The version of a session job is its cluster's: see references/session-job-settings.
  on: CLUSTERS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    if (flink !== undefined) yield* removedSettings(flink);
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {taskmanager.load-balance.mode: SLOTS}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {cluster.evenly-spread-out-slots: "true"}
`,
};

import type { ResourceRule } from '../../rule.js';
import { CLUSTERS, flinkSpecOf, type FlinkSpec } from './flink-spec.js';
import { isAtLeast } from './flink-version.js';
import type { Setting } from './settings.js';

const gone: readonly string[] = ['filesystem', 'jobmanager'];

/** The setting that names a state backend that Flink 2 has no more. */
export function goneStateBackend(flink: Pick<FlinkSpec, 'settings' | 'version'> | undefined): Setting | undefined {
  if (flink === undefined || !isAtLeast(flink.version, 2, 0)) return undefined;
  const setting = flink.settings.option('state.backend.type');
  return setting !== undefined && gone.includes(setting.text.toLowerCase()) ? setting : undefined;
}

export const stateBackend: ResourceRule = {
  id: 'flink/state-backend',
  severity: 'error',
  title: 'The state backend is one that Flink 2 has',
  source: 'R30; Flink 2.0, StateBackendLoader.java (hashmap, rocksdb, forst, or a class)',
  consequence: 'The job does not start: Flink 2 takes the name for that of a class and does not find it.',
  fix: 'Write `state.backend.type: hashmap`, which keeps state where filesystem kept it; checkpoints go to execution.checkpointing.dir.',
  reach: 'resource',
  // The version of a session job is its cluster's: see references/session-job-settings.
  on: CLUSTERS,
  *check(subject) {
    const setting = goneStateBackend(flinkSpecOf(subject));
    if (setting === undefined) return;
    yield { path: setting.path, message: `Flink 2 has no state backend ${setting.text}; it has hashmap, rocksdb and forst` };
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {state.backend.type: hashmap}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {state.backend: filesystem}
`,
};

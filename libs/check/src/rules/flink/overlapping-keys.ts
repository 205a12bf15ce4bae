import type { ResourceRule } from '../../rule.js';
import { CLUSTERS, flinkSpecOf } from './flink-spec.js';
import { keyOverlaps } from './key-overlaps.js';
import { renamed } from './option-names.js';

export const overlappingKeys: ResourceRule = {
  id: 'flink/overlapping-keys',
  severity: 'error',
  title: 'No key of flinkConfiguration is the start of another, on Flink 2.0 and newer',
  source: 'R29; flink-kubernetes-operator, FlinkConfMountDecorator.java (validateConfigKeysForV2)',
  consequence: 'The operator does not deploy: "Overlapping key prefixes detected". In the config.yaml of Flink 2 a key cannot have a value and keys below it.',
  fix: 'Replace the shorter key by its present name: restart-strategy.type, state.backend.type, high-availability.type.',
  reach: 'resource',
  on: CLUSTERS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    for (const { setting, under } of flink === undefined ? [] : keyOverlaps(flink)) {
      const present = renamed(setting.key)?.name;
      yield {
        path: setting.path,
        message: `${setting.key} has a value and is the start of ${under.join(', ')}`,
        ...(present === undefined ? {} : { fix: `Write \`${present}: ${setting.text}\` instead of ${setting.key}.` }),
      };
    }
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    restart-strategy.type: fixed-delay
    restart-strategy.fixed-delay.attempts: "10"
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    restart-strategy: fixed-delay
    restart-strategy.fixed-delay.attempts: "10"
`,
};

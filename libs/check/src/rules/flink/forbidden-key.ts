import type { ResourceRule } from '../../rule.js';
import { CLUSTERS, flinkSpecOf } from './flink-spec.js';

const forbidden: readonly string[] = ['kubernetes.namespace', 'kubernetes.cluster-id', 'high-availability.cluster-id'];

export const forbiddenKey: ResourceRule = {
  id: 'flink/forbidden-key',
  severity: 'error',
  title: 'The configuration leaves namespace and cluster id to the operator',
  source: 'R25; flink-kubernetes-operator, DefaultValidator.java (FORBIDDEN_CONF_KEYS)',
  consequence: 'The operator rejects the deployment.',
  fix: 'Remove the key: the operator sets it from metadata.namespace and metadata.name.',
  reach: 'resource',
  on: CLUSTERS,
  *check(subject) {
    for (const { key, path } of flinkSpecOf(subject)?.settings.all ?? []) {
      if (forbidden.includes(key)) yield { path, message: `${key} is set by the operator and may not be in flinkConfiguration` };
    }
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {taskmanager.numberOfTaskSlots: "2"}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {kubernetes.cluster-id: order-processor}
`,
};

import { fieldAt, scalarText } from '../../field.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';
import { CLUSTERS, flinkSpecOf } from './flink-spec.js';
import { isResourceMemory } from './value-formats.js';

export const memoryValue: ResourceRule = {
  id: 'flink/memory-value',
  severity: 'error',
  title: 'The memory of JobManager and TaskManager is a size',
  source: 'R25; flink-kubernetes-operator, DefaultValidator.java (validateResources), FlinkConfigBuilder.java (parseResourceMemoryString)',
  consequence: 'The operator rejects the deployment.',
  fix: 'Write a number and a unit: `memory: 2048m` or `memory: 2Gi` (m is mebibytes to Flink).',
  reach: 'resource',
  on: CLUSTERS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    if (flink === undefined) return;
    for (const field of ['jobManager', 'taskManager']) {
      const text = scalarText(fieldAt(flink.spec, field, 'resource', 'memory'));
      if (text === undefined || text.trim() === '' || isSubstituted(text) || isResourceMemory(text)) continue;
      yield { path: [...flink.at, field, 'resource', 'memory'], message: `${field}.resource.memory is no size that Flink or Kubernetes reads: ${text}` };
    }
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec: {flinkVersion: v2_2, jobManager: {resource: {memory: 2048m}}, taskManager: {resource: {memory: 4Gi}}}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec: {flinkVersion: v2_2, jobManager: {resource: {memory: 2048m}}, taskManager: {resource: {memory: 4 gigabytes}}}
`,
};

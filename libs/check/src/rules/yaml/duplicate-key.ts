import type { ReportedRule } from '../../rule.js';

export const duplicateKey: ReportedRule = {
  id: 'yaml/duplicate-key',
  severity: 'error',
  title: 'A map has every key once',
  source: 'sigs.k8s.io/yaml, UnmarshalStrict; YAML 1.2, 3.2.1.3',
  consequence: 'Neither kubectl nor kustomize takes the file; other readers take one of the two values in silence.',
  fix: 'Remove one of the two keys.',
  reach: 'reported',
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata:
  name: orders
  labels: {strimzi.io/cluster: kafka-cluster}
spec:
  partitions: 10
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata:
  name: orders
  labels: {strimzi.io/cluster: kafka-cluster}
spec:
  partitions: 10
  partitions: 12
`,
};

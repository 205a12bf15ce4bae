import type { ReportedRule } from '../../rule.js';

export const unreadable: ReportedRule = {
  id: 'yaml/unreadable',
  severity: 'error',
  title: 'Every file can be read',
  source: 'sigs.k8s.io/yaml, which kubectl, kustomize and Argo CD read with',
  consequence: 'Argo CD cannot read the file: the Application shows ComparisonError, and nothing of it is synced.',
  fix: 'Correct the file at the place that the message names.',
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
  partitions: [10
`,
};

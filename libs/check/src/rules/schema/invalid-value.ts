import type { ReportedRule } from '../../rule.js';

export const invalidValue: ReportedRule = {
  id: 'schema/invalid-value',
  severity: 'error',
  title: 'Every value is one that the API takes',
  source: 'Kubernetes API server (apiextensions-apiserver and the validation of its built-in kinds), run as it is',
  consequence: 'The API server refuses the resource.',
  fix: 'Write a value of the type and range that the message names.',
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
  partitions: "10"
`,
};

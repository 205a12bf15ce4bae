import type { ReportedRule } from '../../rule.js';

export const unknownField: ReportedRule = {
  id: 'schema/unknown-field',
  severity: 'error',
  title: 'Every field is one that the API has',
  source: 'Kubernetes API server (apiextensions-apiserver and the validation of its built-in kinds), run as it is, strict field validation',
  consequence: 'The API server refuses the resource. Where validation is lax the field is dropped in silence, and what it should have set is not set.',
  fix: 'Correct the name of the field, or remove it.',
  reach: 'reported',
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata:
  name: orders
  labels: {strimzi.io/cluster: kafka-cluster}
spec:
  replicas: 3
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata:
  name: orders
  labels: {strimzi.io/cluster: kafka-cluster}
spec:
  replicationFactor: 3
`,
};

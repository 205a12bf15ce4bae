import type { ReportedRule } from '../../rule.js';

export const unknownKind: ReportedRule = {
  id: 'schema/unknown-kind',
  severity: 'warning',
  title: 'The kind is one whose definition is known',
  source: 'Millrace: the definitions of the platform, of schemas/ and of the run',
  consequence: 'Nobody has looked at the resource: it may be wrong in any way.',
  fix: 'Put its CustomResourceDefinition into schemas/ (millrace schemas add FILE), or correct apiVersion and kind.',
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
kind: KafkaTopics
metadata: {name: orders}
spec: {partitions: 10}
`,
};

import type { ReportedRule } from '../../rule.js';

export const noAnswer: ReportedRule = {
  id: 'schema/no-answer',
  severity: 'error',
  title: "The API server's code gives an answer",
  source: 'Millrace: the time limit and the memory of the embedded API server',
  consequence: 'Nobody has looked at the resource: it may be wrong in any way.',
  fix: 'Look at the validation rules (CEL) of its definition: they take too long, or too much memory.',
  reach: 'reported',
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 10}
`,
  fails: {},
};

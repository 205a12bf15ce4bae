import type { ReportedRule } from '../../rule.js';

export const staleException: ReportedRule = {
  id: 'settings/stale-exception',
  severity: 'warning',
  title: 'An exception takes a finding out',
  source: 'Millrace: rules in millrace.yaml',
  consequence: 'The exception hides the next real finding of that rule on that resource.',
  fix: 'Remove the exception from millrace.yaml.',
  reach: 'reported',
  passes: {
    'millrace.yaml': `
rules:
  strimzi/cluster-label:
    exceptions: [{kind: KafkaTopic, name: orders, reason: its operator selects by namespace}]
`,
    'topic.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders}
spec: {partitions: 10}
`,
  },
  fails: {
    'millrace.yaml': `
rules:
  strimzi/cluster-label:
    exceptions: [{kind: KafkaTopic, name: orders, reason: its operator selects by namespace}]
`,
    'topic.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 10}
`,
  },
};

import type { ReportedRule } from '../../rule.js';

export const overlayBuilds: ReportedRule = {
  id: 'kustomize/overlay-builds',
  severity: 'error',
  title: 'Every overlay builds',
  source: 'kustomize, run as it is',
  consequence: 'Argo CD cannot build the overlay either: the Application shows ComparisonError, and nothing of it is synced.',
  fix: 'Correct the file that kustomize names.',
  reach: 'reported',
  passes: {
    'kustomization.yaml': `
resources: [topic.yaml]
`,
    'topic.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 10}
`,
  },
  fails: {
    'kustomization.yaml': `
resources: [topics.yaml]
`,
    'topic.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 10}
`,
  },
};

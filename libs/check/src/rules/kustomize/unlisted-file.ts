import type { ReportedRule } from '../../rule.js';

export const unlistedFile: ReportedRule = {
  id: 'kustomize/unlisted-file',
  severity: 'warning',
  title: 'A kustomization lists the resources that lie beside it',
  source:
    'Kustomize builds what a kustomization lists; Argo CD, GetAppSourceType (reposerver/repository) and kubectl apply -k take such a folder for what it builds to',
  consequence: 'Nothing applies the file. It was checked, and it looks as if it were deployed.',
  fix: 'List it under resources. Where Millrace makes the kustomization, declare it (millrace topic, millrace user), or move it to a folder of your own with an Argo CD Application of your own.',
  reach: 'reported',
  passes: {
    'kustomization.yaml': `
resources: [topic.yaml]
`,
    'topic.yaml': topic(),
  },
  fails: {
    'kustomization.yaml': `
resources: []
`,
    'topic.yaml': topic(),
  },
};

function topic(): string {
  return `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 3, replicas: 3}
`;
}

import type { ReportedRule } from '../../rule.js';

export const duplicateKey: ReportedRule = {
  id: 'yaml/duplicate-key',
  severity: 'error',
  title: 'A map has every key once',
  source: 'sigs.k8s.io/yaml, Unmarshal (kubectl, Argo CD: not strict); go.yaml.in/yaml/v3 (kustomize: strict); YAML 1.2, 3.2.1.3',
  consequence: 'The build by kustomize fails. kubectl and Argo CD take the last of the two values, and drop the other in silence.',
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

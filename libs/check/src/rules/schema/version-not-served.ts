import type { ReportedRule } from '../../rule.js';

export const versionNotServed: ReportedRule = {
  id: 'schema/version-not-served',
  severity: 'error',
  title: 'The apiVersion is one that the API server serves',
  source: 'Kubernetes API server (apiextensions-apiserver and the validation of its built-in kinds), run as it is',
  consequence: 'The API server has no such resource: nothing is applied.',
  fix: 'Write the version that the message names.',
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
apiVersion: flink.apache.org/v1
kind: FlinkSessionJob
metadata: {name: orders}
spec: {deploymentName: orders-session, job: {parallelism: 1, upgradeMode: stateless, jarURI: "https://artifacts.acme.example/orders.jar"}}
`,
};

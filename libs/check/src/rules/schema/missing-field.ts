import type { ReportedRule } from '../../rule.js';

export const missingField: ReportedRule = {
  id: 'schema/missing-field',
  severity: 'error',
  title: 'Every required field is there',
  source: 'Kubernetes API server (apiextensions-apiserver and the validation of its built-in kinds), run as it is',
  consequence: 'The API server refuses the resource.',
  fix: 'Add the field.',
  reach: 'reported',
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: orders}
spec: {deploymentName: orders-session, job: {parallelism: 1, upgradeMode: stateless, jarURI: "https://artifacts.acme.example/orders.jar"}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: broker, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {roles: [broker], storage: {type: jbod, volumes: [{id: 0, type: persistent-claim, size: 10Gi}]}}
`,
};

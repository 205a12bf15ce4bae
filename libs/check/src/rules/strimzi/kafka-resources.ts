import { hasField } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const kafkaResources: ResourceRule = {
  id: 'strimzi/kafka-resources',
  severity: 'error',
  title: 'A Kafka leaves CPU and memory of its nodes to its node pools',
  source: 'R3; strimzi-kafka-operator, CHANGELOG.md (0.49.0), KafkaClusterSpec.java',
  consequence: 'The field does not exist in v1: it is dropped, and brokers run without requests and limits.',
  fix: 'Move spec.kafka.resources to spec.resources of each KafkaNodePool.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    const path = ['spec', 'kafka', 'resources'];
    if (hasField(resource.body, ...path)) yield { path, message: 'spec.kafka.resources does not exist in v1; a KafkaNodePool gives its nodes CPU and memory' };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    version: 4.3.1
    listeners:
      - {name: tls, port: 9093, type: internal, tls: true, authentication: {type: tls}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: brokers, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  replicas: 3
  roles: [broker, controller]
  storage: {type: jbod, volumes: [{id: 0, type: persistent-claim, size: 100Gi, kraftMetadata: shared}]}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka: {resources: {requests: {memory: 8Gi, cpu: "2"}}}
`,
};

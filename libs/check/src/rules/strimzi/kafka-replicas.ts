import { hasField } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const kafkaReplicas: ResourceRule = {
  id: 'strimzi/kafka-replicas',
  severity: 'error',
  title: 'A Kafka leaves the number of its nodes to its node pools',
  source: 'R3; strimzi-kafka-operator, CHANGELOG.md (0.46.0, 1.0.0), KafkaClusterSpec.java',
  consequence: 'The field does not exist: it is dropped, and without a KafkaNodePool the cluster has no node at all.',
  fix: 'Delete spec.kafka.replicas, and write spec.replicas in a KafkaNodePool with the label "strimzi.io/cluster".',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    const path = ['spec', 'kafka', 'replicas'];
    if (hasField(resource.body, ...path))
      yield { path, message: 'spec.kafka.replicas does not exist since Strimzi runs KRaft only; a KafkaNodePool says how many nodes there are' };
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
  kafka: {replicas: 3}
`,
};

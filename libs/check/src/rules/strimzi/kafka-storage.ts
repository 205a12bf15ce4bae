import { hasField } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const kafkaStorage: ResourceRule = {
  id: 'strimzi/kafka-storage',
  severity: 'error',
  title: 'A Kafka leaves its storage to its node pools',
  source: 'R3; strimzi-kafka-operator, CHANGELOG.md (0.46.0, 1.0.0), KafkaClusterSpec.java',
  consequence: 'The field does not exist: it is dropped, and the size and class written here apply to no volume.',
  fix: 'Delete spec.kafka.storage, and write spec.storage in each KafkaNodePool, with `kraftMetadata: shared` on one volume.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    const path = ['spec', 'kafka', 'storage'];
    if (hasField(resource.body, ...path))
      yield { path, message: 'spec.kafka.storage does not exist since Strimzi runs KRaft only; a KafkaNodePool says what its nodes store on' };
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
  kafka: {storage: {type: persistent-claim, size: 100Gi}}
`,
};

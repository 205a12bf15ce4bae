import { hasField } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const zookeeper: ResourceRule = {
  id: 'strimzi/zookeeper',
  severity: 'error',
  title: 'A Kafka has no ZooKeeper',
  source: 'R3; strimzi-kafka-operator, CHANGELOG.md (0.46.0)',
  consequence: 'No ZooKeeper is deployed. A cluster that still runs on it cannot be taken over by this operator.',
  fix: 'Delete spec.zookeeper, and give a KafkaNodePool the role controller. A running cluster must be migrated to KRaft with Strimzi 0.45 first.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    const path = ['spec', 'zookeeper'];
    if (hasField(resource.body, ...path)) yield { path, message: 'spec.zookeeper does not exist: since 0.46 Strimzi runs Kafka with KRaft only' };
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
  zookeeper: {replicas: 3, storage: {type: ephemeral}}
`,
};

import { removedField } from './removed-field.js';

export const zookeeper = removedField({
  id: 'strimzi/zookeeper',
  title: 'A Kafka has no ZooKeeper',
  source: 'R3; strimzi-kafka-operator, CHANGELOG.md (0.46.0)',
  consequence: 'No ZooKeeper is deployed. A cluster that still runs on it cannot be taken over by this operator.',
  fix: 'Delete spec.zookeeper, and give a KafkaNodePool the role controller. A running cluster must be migrated to KRaft with Strimzi 0.45 first.',
  path: ['spec', 'zookeeper'],
  message: 'spec.zookeeper does not exist: since 0.46 Strimzi runs Kafka with KRaft only',
  fails: 'zookeeper: {replicas: 3, storage: {type: ephemeral}}',
});

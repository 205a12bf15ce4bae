import { removedField } from './removed-field.js';

export const kafkaReplicas = removedField({
  id: 'strimzi/kafka-replicas',
  title: 'A Kafka leaves the number of its nodes to its node pools',
  source: 'R3; strimzi-kafka-operator, CHANGELOG.md (0.46.0, 1.0.0), KafkaClusterSpec.java',
  consequence: 'The field does not exist: it is dropped, and without a KafkaNodePool the cluster has no node at all.',
  fix: 'Delete spec.kafka.replicas, and write spec.replicas in a KafkaNodePool with the label "strimzi.io/cluster".',
  path: ['spec', 'kafka', 'replicas'],
  message: 'spec.kafka.replicas does not exist since Strimzi runs KRaft only; a KafkaNodePool says how many nodes there are',
  fails: 'kafka: {replicas: 3}',
});

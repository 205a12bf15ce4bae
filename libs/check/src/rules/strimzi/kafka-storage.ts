import { removedField } from './removed-field.js';

export const kafkaStorage = removedField({
  id: 'strimzi/kafka-storage',
  title: 'A Kafka leaves its storage to its node pools',
  source: 'R3; strimzi-kafka-operator, CHANGELOG.md (0.46.0, 1.0.0), KafkaClusterSpec.java',
  consequence: 'The field does not exist: it is dropped, and the size and class written here apply to no volume.',
  fix: 'Delete spec.kafka.storage, and write spec.storage in each KafkaNodePool, with `kraftMetadata: shared` on one volume.',
  path: ['spec', 'kafka', 'storage'],
  message: 'spec.kafka.storage does not exist since Strimzi runs KRaft only; a KafkaNodePool says what its nodes store on',
  fails: 'kafka: {storage: {type: persistent-claim, size: 100Gi}}',
});

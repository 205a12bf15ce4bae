import { removedField } from './removed-field.js';

export const kafkaResources = removedField({
  id: 'strimzi/kafka-resources',
  title: 'A Kafka leaves CPU and memory of its nodes to its node pools',
  source: 'R3; strimzi-kafka-operator, CHANGELOG.md (0.49.0), KafkaClusterSpec.java',
  consequence: 'The field does not exist in v1: it is dropped, and brokers run without requests and limits.',
  fix: 'Move spec.kafka.resources to spec.resources of each KafkaNodePool.',
  path: ['spec', 'kafka', 'resources'],
  message: 'spec.kafka.resources does not exist in v1; a KafkaNodePool gives its nodes CPU and memory',
  fails: 'kafka: {resources: {requests: {memory: 8Gi, cpu: "2"}}}',
});

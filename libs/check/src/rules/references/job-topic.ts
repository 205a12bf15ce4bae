import type { ReferenceRule } from '../../rule.js';
import { similarTopic, topicsOf } from './declared-topics.js';
import { JOBS } from '../flink/flink-spec.js';
import { kafkaOf, userOf, usesOf } from './job-client.js';

export const jobTopic: ReferenceRule = {
  id: 'references/job-topic',
  severity: 'error',
  title: 'A job names topics that KafkaTopics declare',
  source: 'R11; flink-connector-kafka, KafkaSubscriber (describeTopics) and KafkaWriter; Apache Kafka, UnknownTopicOrPartitionException',
  consequence: 'The job fails when it starts to read, or with its first record: the topic is not there and no client may make it.',
  fix: 'Correct the name of the topic, or declare it as a KafkaTopic.',
  reach: 'references',
  on: JOBS,
  *check(subject, universe) {
    const uses = usesOf(subject).filter(({ type, name }) => type === 'topic' && !name.startsWith('__'));
    for (const { name, path, user: named } of uses) {
      const user = userOf(subject, universe, named);
      const kafka = user === undefined ? undefined : kafkaOf(user, universe);
      const topics = kafka === undefined ? undefined : topicsOf(kafka, universe);
      if (kafka === undefined || topics === undefined || topics.has(name)) continue;
      const similar = similarTopic(name, topics);
      yield {
        path,
        message: `no KafkaTopic of the Kafka ${kafka.resource.name} declares the topic ${name}${similar === undefined ? '' : `; there is ${similar}`}`,
      };
    }
  },
  passes: example('orders'),
  fails: example('ordrs'),
};

function example(topic: string): string {
  return `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: streaming}
spec: {kafka: {config: {auto.create.topics.enable: 'false'}}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: streaming, labels: {strimzi.io/cluster: kafka-cluster}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: order-processor, namespace: streaming, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {authentication: {type: scram-sha-512}}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: streaming}
spec:
  job: {args: [--input-topic, ${topic}]}
  podTemplate:
    spec:
      containers:
        - name: flink-main-container
          env: [{name: KAFKA_PASSWORD, valueFrom: {secretKeyRef: {name: order-processor, key: password}}}]
`;
}

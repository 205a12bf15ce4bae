import { hasField, mapAt, numberAt } from '../../field.js';
import { TOPIC } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { integerSetting, settingsAt } from '../strimzi/settings.js';
import { kafkasOf } from './kafka-cluster.js';

const IN_SYNC = 'min.insync.replicas';

export const topicSpareReplica: ReferenceRule = {
  id: 'references/topic-spare-replica',
  severity: 'warning',
  title: 'A topic on several brokers can do without one of them, with what its Kafka asks for',
  source: 'R6; Apache Kafka, TopicConfig.java (min.insync.replicas: the broker has the default), Partition.scala (effectiveMinIsr)',
  consequence:
    'While one of its brokers restarts, every write with acks=all to the topic fails. The operator does not wait: each rolling update is an outage for producers.',
  fix: 'Give the topic one replica more, or a min.insync.replicas of its own that is less than its replicas.',
  reach: 'references',
  on: [TOPIC],
  *check(subject, universe) {
    const { body } = subject.resource;
    const replicas = numberAt(body, 'spec', 'replicas');
    // What the topic says itself is another rule's; one replica of one has nothing to lose.
    if (replicas === undefined || replicas < 2 || hasField(mapAt(body, 'spec', 'config'), IN_SYNC)) return;
    const asked = kafkasOf(subject, universe).map((kafka) => ({
      kafka,
      inSync: integerSetting(settingsAt(kafka.resource.body, 'spec', 'kafka', 'config'), IN_SYNC) ?? 1,
    }));
    const [first] = asked;
    // Where it can be one of several environments, it is wrong only where it is wrong in all.
    if (first === undefined || asked.some(({ inSync }) => inSync < replicas)) return;
    yield {
      path: ['spec', 'replicas'],
      message: `the topic has ${replicas} replicas, and the Kafka ${first.kafka.resource.name} asks for ${first.inSync} in sync: no broker can be restarted without stopping writes`,
    };
  },
  passes: example(3),
  fails: example(2),
};

function example(replicas: number): string {
  return `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {config: {default.replication.factor: 3, min.insync.replicas: 2}}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 10, replicas: ${replicas}}
`;
}

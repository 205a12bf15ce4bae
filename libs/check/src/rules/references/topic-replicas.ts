import { numberAt } from '../../field.js';
import { TOPIC } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { brokersOf, kafkasOf } from './kafka-cluster.js';

export const topicReplicas: ReferenceRule = {
  id: 'references/topic-replicas',
  severity: 'error',
  title: 'A topic has no more replicas than its Kafka has brokers',
  source: 'R6; Apache Kafka, ReplicationControlManager.java (InvalidReplicationFactorException)',
  consequence: 'Kafka refuses to make the topic; the KafkaTopic is not Ready.',
  fix: 'Lower spec.replicas to the number of brokers or less, or raise the replicas of the broker node pool.',
  reach: 'references',
  on: [TOPIC],
  *check(subject, universe) {
    const replicas = numberAt(subject.resource.body, 'spec', 'replicas');
    if (replicas === undefined) return;
    const brokers = kafkasOf(subject, universe).map((kafka) => ({ kafka, brokers: brokersOf(kafka, universe) }));
    const [first] = brokers;
    // Where it can be one of several environments, it is wrong only where it is wrong in all.
    if (first === undefined || brokers.some((each) => each.brokers === undefined || each.brokers >= replicas)) return;
    yield {
      path: ['spec', 'replicas'],
      message: `the topic has ${replicas} replicas, but the node pools of the Kafka ${first.kafka.resource.name} have ${first.brokers ?? 0} broker${first.brokers === 1 ? '' : 's'}`,
    };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: broker, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {replicas: 3, roles: [broker]}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 10, replicas: 3}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: dual-role, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {replicas: 1, roles: [controller, broker]}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 10, replicas: 3}
`,
};

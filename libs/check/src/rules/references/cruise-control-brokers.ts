import { hasField } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { brokersOf } from './kafka-cluster.js';

export const cruiseControlBrokers: ReferenceRule = {
  id: 'references/cruise-control-brokers',
  severity: 'error',
  title: 'A Kafka with Cruise Control has at least two brokers',
  source: 'R10; strimzi-kafka-operator, CruiseControlMetricsReporter.java (validateCruiseControl)',
  consequence: 'Strimzi refuses the Kafka: nothing of it is reconciled.',
  fix: 'Remove spec.cruiseControl, or raise the replicas of the broker node pool to 2 or more.',
  reach: 'references',
  on: [KAFKA],
  *check(subject, universe) {
    if (!hasField(subject.resource.body, 'spec', 'cruiseControl')) return;
    if (brokersOf(subject, universe) !== 1) return;
    yield {
      path: ['spec', 'cruiseControl'],
      message: `Cruise Control needs at least two brokers, but the node pools of the Kafka ${subject.resource.name} have one`,
    };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: broker, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {replicas: 3, roles: [broker]}
---
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {cruiseControl: {}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: dual-role, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {replicas: 1, roles: [controller, broker]}
---
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {cruiseControl: {}}
`,
};

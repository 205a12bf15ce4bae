import { fieldAt, hasField, mapAt, scalarText, type FieldPath } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { brokersOf } from './kafka-cluster.js';

const FACTORS = [
  'default.replication.factor',
  'offsets.topic.replication.factor',
  'transaction.state.log.replication.factor',
  'transaction.state.log.min.isr',
] as const;
/** What Kafka takes for the topics that it makes itself, where nobody says otherwise. */
const DEFAULTS = new Map([
  ['offsets.topic.replication.factor', 3],
  ['transaction.state.log.replication.factor', 3],
]);

export const brokerCount: ReferenceRule = {
  id: 'references/broker-count',
  severity: 'error',
  title: 'A Kafka has as many brokers as its replication asks for',
  source:
    "R6; strimzi-kafka-operator, KafkaCluster.java (validateIntConfigProperty). What is not set is not validated: Kafka's own default is 3 (GroupCoordinatorConfig, TransactionLogConfig)",
  consequence: "Strimzi refuses a factor above the number of brokers; left to Kafka's default of 3, no consumer group and no transaction works.",
  fix: 'Set the factor to the number of brokers or less, or raise the replicas of a node pool that has the role broker.',
  reach: 'references',
  on: [KAFKA],
  *check(subject, universe) {
    const brokers = brokersOf(subject, universe);
    if (brokers === undefined || brokers === 0) return;
    const at = ['spec', 'kafka', 'config'];
    const config = mapAt(subject.resource.body, ...at);
    for (const name of FACTORS) {
      const path: FieldPath = [...at, name];
      const set = scalarText(fieldAt(config, name));
      if (set !== undefined) {
        if (/^\d+$/.test(set.trim()) && Number(set) > brokers) yield { path, message: `${name} is ${set}, but the node pools have ${count(brokers)}` };
      } else if (!hasField(config, name) && (DEFAULTS.get(name) ?? 0) > brokers) {
        yield {
          path,
          message: `${name} is not set, so it is ${DEFAULTS.get(name) ?? 0}, but the node pools have ${count(brokers)}`,
          fix: `Write \`${name}: ${brokers}\` under spec.kafka.config, or raise the replicas of the node pool.`,
        };
      }
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: dual-role, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {replicas: 1, roles: [controller, broker]}
---
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    config:
      offsets.topic.replication.factor: 1
      transaction.state.log.replication.factor: 1
      transaction.state.log.min.isr: 1
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
spec:
  kafka:
    config:
      offsets.topic.replication.factor: 3
      transaction.state.log.replication.factor: 1
      transaction.state.log.min.isr: 1
`,
};

function count(brokers: number): string {
  return brokers === 1 ? 'one broker' : `${brokers} brokers`;
}

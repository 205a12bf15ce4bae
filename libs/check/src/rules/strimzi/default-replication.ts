import { hasField } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { signOfSeveralBrokers } from './several-brokers.js';

const COPIES = 'default.replication.factor';
const IN_SYNC = 'min.insync.replicas';
/** What is missing, and what to write. */
const DEFAULTS = [
  [COPIES, 3],
  [IN_SYNC, 2],
] as const;

export const defaultReplication: ResourceRule = {
  id: 'strimzi/default-replication',
  severity: 'warning',
  title: 'A Kafka of several brokers says how many copies a topic has, and how many must be in sync',
  source: 'R6; strimzi-kafka-operator, KafkaSpecChecker.java (KafkaDefaultReplicationFactor, KafkaMinInsyncReplicas)',
  consequence:
    'Both are 1 by default. A topic that does not say otherwise is gone while its one broker is down, or takes writes that one broker alone has. The operator warns of it in the status.',
  fix: 'Write `default.replication.factor: 3` and `min.insync.replicas: 2` in spec.kafka.config.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    const path = ['spec', 'kafka', 'config'];
    const sign = signOfSeveralBrokers(resource.body);
    if (sign === undefined) return;
    const missing = DEFAULTS.filter(([key]) => !hasField(resource.body, ...path, key));
    const [first] = missing;
    if (first === undefined) return;
    const keys = missing.map(([key]) => key).join(' and ');
    const lines = missing.map(([key, value]) => `\`${key}: ${value}\``).join(' and ');
    yield {
      path: [...path, first[0]],
      message: `${keys} ${missing.length === 1 ? 'is' : 'are'} not set and therefore 1, in a cluster of several brokers (${sign.key} is ${sign.copies})`,
      fix: `Write ${lines} in spec.kafka.config.`,
    };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    config: {offsets.topic.replication.factor: 3, default.replication.factor: 3, min.insync.replicas: 2}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    config: {offsets.topic.replication.factor: 3, min.insync.replicas: 2}
`,
};

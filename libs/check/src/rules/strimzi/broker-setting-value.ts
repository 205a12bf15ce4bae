import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { int, listOf, long, oneOf, short, type SettingType } from './setting-types.js';
import { settingsAt } from './settings.js';

/** Strimzi compares letter by letter, where Kafka itself takes True as well. */
const strictBool: SettingType = oneOf('true', 'false');

const TYPES: Readonly<Record<string, SettingType>> = {
  'auto.create.topics.enable': strictBool,
  'auto.leader.rebalance.enable': strictBool,
  'delete.topic.enable': strictBool,
  'unclean.leader.election.enable': strictBool,
  'default.replication.factor': int(),
  'group.initial.rebalance.delay.ms': int(),
  'log.retention.bytes': long(),
  'log.retention.hours': int(),
  'log.retention.minutes': int(),
  'log.retention.ms': long(),
  'log.segment.bytes': int(1024n * 1024n),
  'message.max.bytes': int(0n),
  'min.insync.replicas': int(1n),
  'num.io.threads': int(1n),
  'num.network.threads': int(1n),
  'num.partitions': int(1n),
  'num.recovery.threads.per.data.dir': int(1n),
  'num.replica.fetchers': int(),
  'offsets.retention.minutes': int(1n),
  'offsets.topic.num.partitions': int(1n),
  'offsets.topic.replication.factor': short(1n),
  'replica.fetch.max.bytes': int(0n),
  'replica.lag.time.max.ms': long(),
  'transaction.max.timeout.ms': int(1n),
  'transaction.state.log.min.isr': int(1n),
  'transaction.state.log.num.partitions': int(1n),
  'transaction.state.log.replication.factor': short(1n),
  'compression.type': oneOf('uncompressed', 'zstd', 'lz4', 'snappy', 'gzip', 'producer'),
  'log.cleanup.policy': listOf('compact', 'delete'),
  'log.message.timestamp.type': oneOf('CreateTime', 'LogAppendTime'),
};

export const brokerSettingValue: ResourceRule = {
  id: 'strimzi/broker-setting-value',
  severity: 'error',
  title: 'Broker settings have values that Kafka can read',
  source: 'R6; strimzi-kafka-operator, KafkaCluster.java (validateConfiguration), ConfigModel.java; Kafka, LogConfig.java',
  consequence: 'The operator refuses the whole Kafka: it becomes NotReady with "invalid spec.kafka.config".',
  fix: 'Write a value of the kind and range that the setting has.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    for (const { key, text, path } of settingsAt(resource.body, 'spec', 'kafka', 'config')) {
      const expected = (Object.hasOwn(TYPES, key) ? TYPES[key] : undefined)?.(text);
      if (expected !== undefined) yield { path, message: `${key} is "${text}"; expected is ${expected}` };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {config: {log.retention.hours: 168, auto.create.topics.enable: 'false'}}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {config: {log.retention.hours: 7d, offsets.topic.replication.factor: 0}}}
`,
};

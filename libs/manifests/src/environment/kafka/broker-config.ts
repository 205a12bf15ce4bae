import type { Kafka, KafkaOfEnvironment } from '@millrace/model';

import { sorted, unlessEmpty } from '../../file.js';

/** What Millrace decides about the brokers, by Kafka's names; `kafka.config` may say otherwise where that is sound. */
const DECIDED = [
  'auto.create.topics.enable',
  'default.replication.factor',
  'min.insync.replicas',
  'offsets.topic.replication.factor',
  'transaction.state.log.replication.factor',
  'transaction.state.log.min.isr',
  'transaction.max.timeout.ms',
] as const;

/** One hour, what Flink's KafkaSink asks for unless told otherwise (R88). */
const TRANSACTION_TIMEOUT = 3_600_000;
/** What a Kafka that others run allows, unless they say otherwise. */
const KAFKAS_OWN_LIMIT = 900_000;

/** How long, in milliseconds, a transaction of a job in a cluster may stay open: an hour, where its brokers allow that much (R88). */
export function transactionTimeout(kafka: KafkaOfEnvironment): number {
  return kafka.kind === 'external' ? KAFKAS_OWN_LIMIT : Math.min(TRANSACTION_TIMEOUT, brokerConfig(kafka.kafka).transactionTimeout);
}

/** The broker settings of a cluster: how often everything is copied (R6), and beside that what was declared. */
export function brokerConfig({ brokers, config, topicDefaults }: Kafka) {
  const copies = Math.min(3, brokers.replicas);
  const number = (key: (typeof DECIDED)[number], otherwise: number) => (config[key] === undefined ? otherwise : Number(config[key]));
  const replicationFactor = number('default.replication.factor', copies);
  // Of what is copied least: a broker can restart while producers wait for the others.
  const copiesOfTopics = Math.min(replicationFactor, topicDefaults?.replicas ?? replicationFactor);
  const internalFactor = number('transaction.state.log.replication.factor', copies);
  const decided: readonly string[] = DECIDED;
  return {
    replicationFactor,
    minInsyncReplicas: number('min.insync.replicas', Math.max(1, copiesOfTopics - 1)),
    offsetsFactor: number('offsets.topic.replication.factor', copies),
    transactionsFactor: internalFactor,
    transactionsMinIsr: number('transaction.state.log.min.isr', Math.max(1, internalFactor - 1)),
    transactionTimeout: number('transaction.max.timeout.ms', TRANSACTION_TIMEOUT),
    config: unlessEmpty(sorted(Object.fromEntries(Object.entries(config).filter(([key]) => !decided.includes(key))))),
  };
}

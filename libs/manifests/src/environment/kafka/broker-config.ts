import { replicationOf, TRANSACTION_TIMEOUT, type Kafka, type KafkaOfEnvironment } from '@millrace/model';

import { sorted, unlessEmpty } from '../../context-values.js';

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

/** What a Kafka that others run allows, unless they say otherwise. */
const KAFKAS_OWN_LIMIT = 900_000;

/** How long, in milliseconds, a transaction of a job in a cluster may stay open: an hour, where its brokers allow that much (R88). */
export function transactionTimeout(kafka: KafkaOfEnvironment): number {
  return kafka.kind === 'external' ? KAFKAS_OWN_LIMIT : Math.min(TRANSACTION_TIMEOUT, brokerConfig(kafka.kafka).transactionTimeout);
}

/** The broker settings of a cluster: how often everything is copied (R6), and beside that what was declared. */
export function brokerConfig(kafka: Kafka) {
  const { config } = kafka;
  const number = (key: (typeof DECIDED)[number], otherwise: number) => Number(config[key] ?? otherwise);
  const { otherwise, topics, offsets, transactions } = replicationOf(kafka);
  const decided: readonly string[] = DECIDED;
  return {
    replicationFactor: otherwise,
    // Of what is copied least: a broker can restart while producers wait for the others.
    minInsyncReplicas: number('min.insync.replicas', Math.max(1, Math.min(otherwise, topics) - 1)),
    offsetsFactor: offsets,
    transactionsFactor: transactions,
    transactionsMinIsr: number('transaction.state.log.min.isr', Math.max(1, transactions - 1)),
    transactionTimeout: number('transaction.max.timeout.ms', TRANSACTION_TIMEOUT),
    config: unlessEmpty(sorted(Object.fromEntries(Object.entries(config).filter(([key]) => !decided.includes(key))))),
  };
}

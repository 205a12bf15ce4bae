import type { Kafka } from './declared/environment/kafka.js';

/** What Flink's KafkaSink asks for unless it is told otherwise, and therefore the most that brokers allow: one hour, in milliseconds (R88). */
export const TRANSACTION_TIMEOUT = 3_600_000;

/** How often what is in a cluster is copied. */
export interface Replication {
  /** A topic of which nobody says it. */
  readonly otherwise: number;
  /** The topics that are declared. */
  readonly topics: number;
  readonly offsets: number;
  readonly transactions: number;
}

/** What of a cluster says it. */
type Copied = Pick<Kafka, 'config' | 'topicDefaults'> & { readonly brokers: Pick<Kafka['brokers'], 'replicas'> };

/** How often a cluster copies what is in it: as it is declared, else three times, or as often as there are brokers (R6). */
export function replicationOf({ brokers, config, topicDefaults }: Copied): Replication {
  const factor = (setting: string) => Number(config[setting] ?? Math.min(3, brokers.replicas));
  const otherwise = factor('default.replication.factor');
  return {
    otherwise,
    topics: topicDefaults?.replicas ?? otherwise,
    offsets: factor('offsets.topic.replication.factor'),
    transactions: factor('transaction.state.log.replication.factor'),
  };
}

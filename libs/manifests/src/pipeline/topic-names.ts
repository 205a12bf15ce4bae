import type { Pipeline } from '@millrace/model';

/** Names in Kafka of topics that a pipeline uses and others declare, by key. */
export type ForeignTopics = ReadonlyMap<string, string>;

/** A topic's name in Kafka as a pipeline knows it: its own, an external one, or another pipeline's. */
export function kafkaTopicNameOf(pipeline: Pipeline, foreign: ForeignTopics, key: string): string {
  const topic = pipeline.topics[key] ?? pipeline.externalTopics[key];
  return topic === undefined ? (foreign.get(key) ?? key) : (topic.topicName ?? key);
}

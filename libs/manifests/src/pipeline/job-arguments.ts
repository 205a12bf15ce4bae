import { CREDENTIALS_MOUNT, defaultConsumerGroup, defaultTransactionalIdPrefix, type Pipeline, type Placement } from '@millrace/model';

import { sorted } from '../context-values.js';
import { kafkaTopicNameOf, type ForeignTopics } from './topic-names.js';

/**
 * What a job is told on its command line: who it is, what it reads and writes, then its own arguments.
 * The number of partitions is given for the pipeline's own topics; a topic of somebody else may grow without a word here.
 * Without `placement` these are the arguments of the base, with it those of one environment.
 */
export function jobArguments(pipeline: Pipeline, foreign: ForeignTopics, name: string, placement?: Placement): readonly string[] {
  const job = pipeline.jobs[name];
  if (job === undefined) return [];
  const reads = Object.entries(sorted(job.reads)).flatMap(([key, { consumerGroup, user }]) => {
    const partitions = placement?.topics[key]?.partitions ?? pipeline.topics[key]?.partitions;
    return [
      `--read.${key}.topic=${kafkaTopicNameOf(pipeline, foreign, key)}`,
      `--read.${key}.group=${consumerGroup ?? defaultConsumerGroup(name)}`,
      ...(user === undefined || user === job.user ? [] : [`--read.${key}.user=${user}`]),
      ...(partitions === undefined ? [] : [`--read.${key}.partitions=${partitions}`]),
    ];
  });
  const writes = Object.entries(sorted(job.writes)).flatMap(([key, { deliveryGuarantee, transactionalIdPrefix, user }]) => [
    `--write.${key}.topic=${kafkaTopicNameOf(pipeline, foreign, key)}`,
    `--write.${key}.guarantee=${deliveryGuarantee}`,
    ...(user === undefined || user === job.user ? [] : [`--write.${key}.user=${user}`]),
    ...(deliveryGuarantee === 'exactly-once'
      ? [`--write.${key}.transactional-id-prefix=${transactionalIdPrefix ?? defaultTransactionalIdPrefix(pipeline.pipeline, name, key)}`]
      : []),
  ]);
  const own = placement?.jobs[name]?.args ?? job.args;
  return [`--user=${job.user}`, `--credentials=${CREDENTIALS_MOUNT}`, ...reads, ...writes, ...own];
}

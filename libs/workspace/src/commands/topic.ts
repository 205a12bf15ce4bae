import { kafkaTopicName, MillraceError, partitions, pipelineFile, pipelineName, topicKey } from '@millrace/model';
import * as z from 'zod';

import { defineCommand, keyValues } from '../command.js';
import { namedPipeline } from './named.js';
import { checkSettings, KAFKA_SETTING } from './settings.js';

/** Adds a topic to a pipeline, or changes what the flags name of one that is there. */
export const topic = defineCommand({
  name: 'topic',
  summary: 'Add a topic to a pipeline, or change one',
  examples: ['millrace topic orders --pipeline order-processor --partitions 10 --config retention.ms=604800000 --config compression.type=snappy'],
  options: z.strictObject({
    name: topicKey.meta({ description: 'The topic', positional: 0, prompt: 'What is the topic called?' }),
    pipeline: pipelineName.meta({ description: 'The pipeline that owns it', prompt: 'Which pipeline owns it?' }),
    partitions: partitions.optional().meta({ description: 'Number of partitions (a new topic: 3)' }),
    topicName: kafkaTopicName.optional().meta({ description: 'Its name in Kafka, where it differs' }),
    config: keyValues(KAFKA_SETTING).meta({ description: "Kafka's topic settings, key=value, repeatable", pairs: true }),
  }),
  plan: (workspace, { name, pipeline, partitions, topicName, config }) => {
    const there = namedPipeline(workspace, pipeline).value.topics[name];
    const fewer = partitions !== undefined && there !== undefined && partitions < there.partitions;
    if (fewer) {
      throw new MillraceError('refused', [
        {
          file: pipelineFile(pipeline),
          message: `${name} has ${there.partitions} partitions; Kafka cannot take any away`,
          remedy: 'Keep the number, or declare a new topic and move to it.',
        },
      ]);
    }
    if (there !== undefined && topicName !== undefined && topicName !== (there.topicName ?? name)) {
      throw new MillraceError('refused', [
        {
          file: pipelineFile(pipeline),
          message: `${name} is ${there.topicName ?? name} in Kafka; Strimzi renames no topic`,
          remedy: 'Declare a new topic and move to it.',
        },
      ]);
    }
    checkSettings(config, KAFKA_SETTING);
    return [
      {
        kind: 'yaml',
        file: pipelineFile(pipeline),
        edits: [
          ...(topicName === undefined ? [] : [{ kind: 'set' as const, path: ['topics', name, 'topicName'], value: topicName }]),
          { kind: 'set', path: ['topics', name, 'partitions'], value: partitions ?? there?.partitions ?? 3 },
          ...Object.entries(config).map(([key, value]) => ({ kind: 'set' as const, path: ['topics', name, 'config', key], value })),
        ],
      },
    ];
  },
});

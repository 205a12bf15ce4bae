import { kafkaIdentifier, misused, pipelineFile, pipelineName, topicKey, userName } from '@millrace/model';
import * as z from 'zod';

import { defineCommand } from '../command.js';
import { namedPipeline } from './named.js';

/** Adds a Kafka user to a pipeline, or adds what the flags name to one that is there. */
export const user = defineCommand({
  name: 'user',
  summary: 'Add a Kafka user to a pipeline',
  examples: ['millrace user flink-app --pipeline order-processor', 'millrace user shop-frontend --pipeline order-processor --writes orders'],
  options: z.strictObject({
    name: userName.meta({ description: 'The user', positional: 0, prompt: 'What is the user called?' }),
    pipeline: pipelineName.meta({ description: 'The pipeline that owns it', prompt: 'Which pipeline owns it?' }),
    reads: z.array(topicKey).default([]).meta({ description: 'Topics that clients other than Flink jobs read as this user' }),
    consumerGroup: kafkaIdentifier('a consumer group', 'shop-frontend-group')
      .optional()
      .meta({ description: 'The group with which they read (default: <user>-group)' }),
    writes: z.array(topicKey).default([]).meta({ description: 'Topics that clients other than Flink jobs write as this user' }),
  }),
  plan: (workspace, { name, pipeline, reads, consumerGroup, writes }) => {
    const there = namedPipeline(workspace, pipeline).value.users[name];
    if (consumerGroup !== undefined && reads.length === 0) throw misused('--consumer-group: of which topics?', 'Name those that they read: --reads <topic>');
    return [
      {
        kind: 'yaml',
        file: pipelineFile(pipeline),
        edits: [
          ...(there === undefined && reads.length + writes.length === 0 ? [{ kind: 'set' as const, path: ['users', name], value: {} }] : []),
          ...reads.map((topic) => ({
            kind: 'set' as const,
            path: ['users', name, 'reads', topic, 'consumerGroup'],
            value: consumerGroup ?? there?.reads[topic]?.consumerGroup ?? `${name}-group`,
          })),
          ...writes
            .filter((topic) => there?.writes[topic] === undefined)
            .map((topic) => ({ kind: 'set' as const, path: ['users', name, 'writes', topic], value: {} })),
        ],
      },
    ];
  },
});

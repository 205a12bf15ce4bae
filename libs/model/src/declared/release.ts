import * as z from 'zod';

import { kafkaTopicName, pipelineName, releaseVersion, topicKey } from '../names.js';
import { artifactSchema, sha256 } from './pipeline.js';
import { positiveInteger } from './scalars.js';

/** apps/<pipeline>/releases/<version>/release.yaml: what a release was cut from, and the proof that nobody touched it. */
export const releaseSchema = z
  .strictObject({
    release: releaseVersion.meta({ description: "The version, which is the folder's name" }),
    pipeline: pipelineName.meta({ description: 'The pipeline that it is a release of' }),
    // Any: a release outlives the layouts that Millrace still makes. What an environment pins must be in one of those.
    layout: positiveInteger(9999).meta({ description: 'The generation of templates that it was cut with; its overlays are made with the same' }),
    refreshedFrom: releaseVersion.optional().meta({ description: 'The release that says the same in an older layout (millrace releases refresh)' }),
    commit: z
      .string()
      .regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/, { error: 'expected a git commit' })
      .optional()
      .meta({ description: 'The commit whose pipeline.yaml this is' }),
    artifacts: z.record(z.string(), artifactSchema).default({}).meta({ description: 'What the jobs run, by digest' }),
    foreignTopics: z.record(topicKey, kafkaTopicName).default({}).meta({ description: 'Names in Kafka of the topics that other pipelines declare' }),
    files: z.record(z.string(), sha256).meta({ description: 'SHA-256 of every other file of the release, by path in its folder' }),
  })
  .meta({ title: 'release.yaml', description: 'A frozen release' });

export type Release = z.output<typeof releaseSchema>;

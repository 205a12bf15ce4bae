import { environmentName, pipelineName } from '@millrace/model';
import * as z from 'zod';

import { defineCommand } from '../command.js';
import { removeEnvironment } from './remove/environment.js';
import { removeJob } from './remove/job.js';
import { removeKafkaCluster } from './remove/kafka-cluster.js';
import { removePipeline } from './remove/pipeline.js';
import { removePlacement } from './remove/placement.js';
import type { Removal } from './remove/removal.js';
import { removeSession } from './remove/session.js';
import { removeTeam } from './remove/team.js';
import { removeTopic } from './remove/topic.js';
import { removeUser } from './remove/user.js';

const kinds = ['topic', 'user', 'job', 'placement', 'pipeline', 'session', 'kafka-cluster', 'environment', 'team'] as const;

const REMOVALS: Readonly<Record<(typeof kinds)[number], Removal>> = {
  topic: removeTopic,
  user: removeUser,
  job: removeJob,
  placement: removePlacement,
  pipeline: removePipeline,
  session: removeSession,
  'kafka-cluster': removeKafkaCluster,
  environment: removeEnvironment,
  team: removeTeam,
};

/** Removes something that is declared. Never deletes data without saying what it holds; a topic goes in two steps (R12). */
export const remove = defineCommand({
  name: 'remove',
  summary: 'Remove something that is declared; a topic in two steps, so that its data stays',
  examples: [
    'millrace remove topic orders --pipeline order-processor',
    'millrace remove topic orders --pipeline order-processor --finish',
    'millrace remove placement order-processor --environment prod',
    'millrace remove pipeline order-processor',
  ],
  options: z.strictObject({
    kind: z.enum(kinds).meta({ description: 'What it is; placement: a pipeline in one environment', positional: 0, prompt: 'What is to be removed?' }),
    name: z
      .string()
      .regex(/^[a-z0-9][-a-z0-9.]*$/, { error: 'expected a name as it is declared' })
      .meta({ description: 'Its name', positional: 1, prompt: 'What is it called?' }),
    pipeline: pipelineName.optional().meta({ description: 'The pipeline that a topic, user or job belongs to' }),
    environment: environmentName.optional().meta({ description: 'The environment that a placement, session or kafka-cluster is in' }),
    finish: z.boolean().default(false).meta({ description: 'The second step of a topic: its declaration goes, when every environment has let go of it' }),
    deleteData: z.boolean().default(false).meta({ description: 'Topics go with their data, in one step' }),
  }),
  // All that go have to be known file by file.
  releasesOf: ({ kind, name }) => (kind === 'pipeline' ? [name] : []),
  plan: (workspace, { kind, name, pipeline, environment, finish, deleteData }) =>
    REMOVALS[kind](workspace, { name, pipeline, environment, finish, deleteData }),
});

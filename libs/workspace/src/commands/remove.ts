import { environmentName, misused, pipelineName } from '@millrace/model';
import * as z from 'zod';

import { defineCommand, flagOf } from '../command.js';
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

interface KindOfThing {
  readonly remove: Removal;
  /** The options that say something of this kind. */
  readonly takes: readonly ('pipeline' | 'environment' | 'finish' | 'deleteData')[];
}

const KINDS: Readonly<Record<(typeof kinds)[number], KindOfThing>> = {
  topic: { remove: removeTopic, takes: ['pipeline', 'finish', 'deleteData'] },
  user: { remove: removeUser, takes: ['pipeline'] },
  job: { remove: removeJob, takes: ['pipeline'] },
  placement: { remove: removePlacement, takes: ['environment', 'deleteData'] },
  pipeline: { remove: removePipeline, takes: [] },
  session: { remove: removeSession, takes: ['environment'] },
  'kafka-cluster': { remove: removeKafkaCluster, takes: ['environment', 'finish'] },
  environment: { remove: removeEnvironment, takes: [] },
  team: { remove: removeTeam, takes: ['finish'] },
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
      .meta({ description: 'Its name; of a Kafka cluster what pipelines call it', positional: 1, prompt: 'What is it called?' }),
    pipeline: pipelineName.optional().meta({ description: 'The pipeline that a topic, user or job belongs to' }),
    environment: environmentName.optional().meta({ description: 'The environment that a placement, session or kafka-cluster is in' }),
    finish: z.boolean().default(false).meta({
      description:
        'The second step. Of a topic: its declaration goes, when every environment has let go of it. Of a kafka-cluster or team: the projects of Argo CD forget its namespaces, when nothing is left there',
    }),
    deleteData: z.boolean().default(false).meta({ description: 'Topics go with their data, in one step' }),
  }),
  // All that go have to be known file by file.
  releasesOf: ({ kind, name }) => (kind === 'pipeline' ? [name] : []),
  plan: (workspace, { kind, name, ...options }, history) => {
    const { remove: removal, takes } = KINDS[kind];
    const said = (['pipeline', 'environment', 'finish', 'deleteData'] as const).filter((option) => options[option] !== undefined && options[option] !== false);
    const foreign = said.filter((option) => !takes.includes(option));
    if (foreign.length > 0) {
      const known = takes.length === 0 ? 'its name alone' : `${takes.map(flagOf).join(', ')} and nothing else`;
      throw misused(`remove ${kind} has no ${foreign.map(flagOf).join(', ')}`, `A ${kind} is removed by ${known}.`);
    }
    const { pipeline, environment, finish, deleteData } = options;
    if (finish && deleteData)
      throw misused('--finish and --delete-data exclude each other', 'With --finish the topic stays in Kafka, with --delete-data it goes.');
    return removal(workspace, { name, pipeline, environment, data: deleteData ? 'delete' : finish ? 'finish' : 'let-go' }, history);
  },
});

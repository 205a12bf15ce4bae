import * as z from 'zod';

import { environmentName, kafkaClusterName, namespaceName, objectName, sessionName, teamName } from '../names.js';
import { platformNames } from '../platform.js';
import { flinkVersion } from './pipeline.js';
import { config, cpuQuantity, flinkCpu, flinkMemory, memoryQuantity, positiveInteger, storageQuantity, storageUri, webUrl } from './scalars.js';

export const LAYOUTS = [1] as const;

const storageSchema = z.strictObject({
  class: objectName.meta({ description: 'StorageClass; its reclaim policy should be Retain where data matters (R16)' }),
  size: storageQuantity.meta({ description: 'Can be raised later, never lowered (R16)' }),
});

const resourcesSchema = z.strictObject({
  memory: memoryQuantity,
  cpu: cpuQuantity,
});

const nodesSchema = z.strictObject({
  replicas: positiveInteger(999),
  storage: storageSchema,
  resources: resourcesSchema.optional().meta({ description: 'Requests, and the limit of memory' }),
});

export const kafkaSchema = z.strictObject({
  cluster: kafkaClusterName.meta({ description: 'The Kafka resource' }),
  namespace: namespaceName.meta({ examples: ['kafka'] }),
  controllers: nodesSchema.optional().meta({ description: 'Nodes that are controllers only; left out, the brokers are both (development)' }),
  brokers: nodesSchema,
  topicDefaults: z
    .strictObject({ replicas: positiveInteger(32), config: config.default({}) })
    .optional()
    .meta({ description: 'Replication factor (default: 3, or the number of brokers where there are fewer) and settings of every topic here' }),
});

const podSchema = z.strictObject({ memory: flinkMemory.optional(), cpu: flinkCpu.optional() });

export const sessionSchema = z.strictObject({
  team: teamName.meta({ description: 'A session cluster is one trust boundary: one team' }),
  flinkVersion,
  slots: positiveInteger(256).default(2).meta({ description: 'Task slots of a TaskManager' }),
  jobManager: podSchema.default({}),
  taskManager: podSchema.default({}),
});

const flinkSchema = z.strictObject({
  mode: z.enum(['application', 'session']).meta({ description: 'A cluster for every job, or jobs in the session cluster of their team' }),
  storage: storageUri.meta({ description: 'Checkpoints, savepoints and high availability metadata; one prefix a job under it' }),
  namespaces: z.record(teamName, namespaceName).default({}).meta({ description: "Where a team's jobs run here, where it differs from millrace.yaml" }),
  sessions: z.record(sessionName, sessionSchema).default({}).meta({ description: 'Session clusters, mode session only' }),
});

/** environments/<environment>/environment.yaml: what one environment is. */
export const environmentSchema = z
  .strictObject({
    environment: environmentName.meta({ description: "The folder's name" }),
    promotesFrom: environmentName.optional().meta({ description: 'Where releases come from; the first environment has none and follows next' }),
    layout: z
      .union(
        LAYOUTS.map((layout) => z.literal(layout)),
        { error: `expected one of the layouts ${LAYOUTS.join(', ')}` },
      )
      .meta({ description: 'The generation of templates that this environment is made with' }),
    platform: z
      .enum(platformNames, { error: `expected one of ${platformNames.map((name) => `"${name}"`).join(', ')}` })
      .meta({ description: 'A tested set of operator, Kafka and Flink versions' }),
    cluster: z.strictObject({
      name: objectName.optional().meta({ description: 'What people call the cluster; environments that name the same one share it', examples: ['eu-prod-1'] }),
      server: webUrl.meta({ description: 'The API server, as the Argo CD of this environment reaches it' }),
      operators: z.enum(['managed', 'provided']).default('managed').meta({ description: 'Whether this environment manages the operators of the cluster' }),
    }),
    kafka: kafkaSchema.optional(),
    flink: flinkSchema,
    credentials: z.enum(['external-secrets']).default('external-secrets').meta({ description: "How users' credentials get into the namespaces of their jobs" }),
  })
  .meta({ title: 'environment.yaml', description: 'One environment: its cluster, its Kafka, how Flink runs in it' });

export type Environment = z.output<typeof environmentSchema>;
export type Kafka = NonNullable<Environment['kafka']>;
export type Session = z.output<typeof sessionSchema>;
export { podSchema };

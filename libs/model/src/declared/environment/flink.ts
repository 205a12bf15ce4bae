import * as z from 'zod';

import { labelKey, labelValue, namespaceName, sessionName, teamName } from '../../names.js';
import { flinkConfiguration } from '../flink-configuration.js';
import { flinkVersion } from '../pipeline.js';
import { cidr, flinkCpu, flinkDuration, flinkMemory, positiveInteger, storageUri } from '../scalars.js';

/** What a JobManager or TaskManager gets. */
export const podSchema = z.strictObject({
  memory: flinkMemory.optional().meta({ description: 'Memory of the whole process' }),
  cpu: flinkCpu.optional().meta({ description: 'Cores, as a number' }),
});

/** The same with what it gets where nothing is said. */
const podWith = (memory: string) =>
  z
    .strictObject({
      memory: flinkMemory.default(memory).meta({ description: 'Memory of the whole process' }),
      cpu: flinkCpu.default(1).meta({ description: 'Cores, as a number' }),
    })
    .prefault({});

/** A session cluster: the cluster in which the jobs of one team run, one Flink version. */
const sessionSchema = z.strictObject({
  team: teamName.meta({ description: 'A session cluster is one trust boundary: one team' }),
  flinkVersion: flinkVersion.meta({ description: 'The Flink minor, as the operator spells it; jobs of another one need another session' }),
  slots: positiveInteger(256).default(2).meta({ description: 'Task slots of a TaskManager' }),
  jobManager: podWith('2048m').meta({ description: 'What its JobManager gets' }),
  taskManager: podWith('4096m').meta({ description: 'What each of its TaskManagers gets' }),
  flinkConfiguration: flinkConfiguration.default({}).meta({ description: "Flink's settings of this cluster" }),
});

const identitySchema = z.strictObject({
  serviceAccountAnnotations: z
    .record(labelKey, z.string())
    .default({})
    .meta({
      description: 'On the service account of the jobs: which role of the cloud it is',
      examples: [{ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/orders' }],
    }),
  podLabels: z
    .record(labelKey, labelValue)
    .default({})
    .meta({ description: "On the jobs' pods, where the cloud's webhook asks for it", examples: [{ 'azure.workload.identity/use': 'true' }] }),
});

/** How Flink runs in an environment. */
export const flinkSchema = z.strictObject({
  mode: z.enum(['application', 'session']).meta({ description: 'A cluster for every job, or jobs in the session cluster of their team' }),
  storage: storageUri.meta({ description: 'Checkpoints, savepoints and high availability metadata; one prefix a job under it' }),
  namespaces: z.record(teamName, namespaceName).default({}).meta({ description: "Where a team's jobs run here, where it differs from millrace.yaml" }),
  sessions: z.record(sessionName, sessionSchema).default({}).meta({ description: 'Session clusters, mode session only' }),
  identities: z
    .record(teamName, identitySchema)
    .default({})
    .meta({ description: "As whom the jobs of a team reach the object storage: workload identity, never keys (R47); Azure's Flink cannot show yet" }),
  flinkConfiguration: flinkConfiguration.default({}).meta({
    description:
      "Flink's settings of every job and session cluster here: what belongs to the place, as s3.endpoint. Those of a session, release or placement win",
  }),
  periodicSavepoints: z
    .strictObject({
      interval: flinkDuration.meta({ description: 'How often one is taken', examples: ['6h'] }),
      maxCount: positiveInteger(1000).default(10).meta({ description: 'How many are kept, periodic and by upgrades together' }),
      maxAge: flinkDuration.default('7d').meta({ description: 'How long they are kept' }),
    })
    .optional()
    .meta({ description: 'Savepoints that the operator takes by itself of every running job (R38)' }),
  networkPolicies: z.boolean().default(true).meta({
    description:
      "Whether the jobs' pods may only talk to what they need: each other, Kafka, DNS; and anybody at the ports of the object storage, the API server and the schema registry (R80)",
  }),
  egress: z
    .array(
      z.strictObject({
        cidr: cidr.meta({ description: 'Which addresses' }),
        ports: z.array(z.int().min(1).max(65535)).min(1).meta({ description: 'Which TCP ports' }),
      }),
    )
    .default([])
    .meta({ description: 'What else jobs may reach: databases, registries, other services' }),
});

export type Flink = z.output<typeof flinkSchema>;
export type Session = z.output<typeof sessionSchema>;

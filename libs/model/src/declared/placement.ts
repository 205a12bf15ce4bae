import * as z from 'zod';

import { jobName, objectName, releaseVersion, secretKey, sessionName, topicKey, variableName } from '../names.js';
import { podSchema } from './environment/flink.js';
import { flinkConfiguration } from './flink-configuration.js';
import { partitions } from './pipeline.js';
import { config, flinkDuration, positiveInteger, processText, storageUri } from './scalars.js';

const nonce = z.int({ error: 'a nonce is a whole number: raise it by one to act' }).min(0);

/** KAFKA_PASSWORD is the user's own, set from its Secret. */
const ownVariable = variableName.refine((name) => name !== 'KAFKA_PASSWORD', { error: "KAFKA_PASSWORD is set from the Secret of the job's user" });

/** The operator's autoscaler for one job (R40): it moves the parallelism of each part of the job between these limits. */
const autoscalerSchema = z.strictObject({
  minParallelism: positiveInteger(32_768).default(1).meta({ description: 'The least it goes down to' }),
  maxParallelism: positiveInteger(32_768).meta({ description: "At most the job's maxParallelism" }),
  utilization: z.number().min(0.1).max(1).default(0.7).meta({ description: 'How busy a subtask should be: 0.7 leaves 30% to catch up with' }),
  stabilizationInterval: flinkDuration.default('5m').meta({ description: 'How long it waits after a change before the next' }),
  metricsWindow: flinkDuration.default('15m').meta({ description: 'Over what time it measures' }),
});

/** What a job's pods get where its placement says nothing: no defaults of the schema, since in a session nothing may be said. */
export const JOB_PODS = { jobManager: { memory: '2048m', cpu: 1 }, taskManager: { memory: '2048m', cpu: 1 }, slots: 1 } as const;
const pods = ({ memory, cpu }: (typeof JOB_PODS)['jobManager']) => `default: ${memory} and ${cpu} core`;

/** How one job of a pipeline runs in one environment. */
export const placedJobSchema = z.strictObject({
  enabled: z.boolean().default(true).meta({ description: 'false: the job is not made here at all' }),
  state: z.enum(['running', 'suspended']).default('running').meta({ description: 'suspended: the job stops and its state stays' }),
  parallelism: positiveInteger(32_768).default(1).meta({ description: "How many subtasks each of its operators has; at most the job's maxParallelism" }),
  autoscaler: autoscalerSchema.optional().meta({ description: 'Let the operator change the parallelism between limits; parallelism is where it starts' }),
  session: sessionName.optional().meta({
    description:
      "The session cluster to run in, mode session only; default: the first of the team with the job's Flink version. A job that is deployed cannot move (R26)",
  }),
  jobManager: podSchema.default({}).meta({ description: `What its JobManager gets, application mode only; ${pods(JOB_PODS.jobManager)}` }),
  taskManager: podSchema.default({}).meta({ description: `What each of its TaskManagers gets, application mode only; ${pods(JOB_PODS.taskManager)}` }),
  slots: positiveInteger(256)
    .optional()
    .meta({ description: `Task slots of a TaskManager, application mode only; default: ${JOB_PODS.slots}` }),
  restartNonce: nonce.optional().meta({ description: 'Raise it to restart the job' }),
  initialSavepointPath: storageUri.optional().meta({ description: 'Read at the first deployment, and when savepointRedeployNonce changes (R33)' }),
  savepointRedeployNonce: nonce.optional().meta({ description: 'Raise it to start again from initialSavepointPath' }),
  args: z.array(processText).optional().meta({ description: "Replaces the job's own arguments here" }),
  env: z.record(ownVariable, processText).default({}).meta({ description: 'Environment variables, application mode only' }),
  secrets: z
    .record(
      ownVariable,
      z.strictObject({
        secret: objectName.meta({ description: 'The Secret', examples: ['payment-provider'] }),
        key: secretKey.meta({ description: 'The key in it' }),
      }),
    )
    .default({})
    .meta({ description: 'Environment variables from Secrets of the namespace, application mode only' }),
  flinkConfiguration: flinkConfiguration.default({}).meta({ description: "Flink's settings where this environment differs" }),
});

const placedTopicSchema = z.strictObject({
  partitions: partitions.optional().meta({ description: 'More than the release has; never fewer' }),
  config: config.default({}).meta({ description: "Settings that win over the release's, by Kafka's names" }),
});

/** environments/<environment>/pipelines/<pipeline>/placement.yaml: which release runs here, how big, in what state. */
export const placementSchema = z
  .strictObject({
    release: z
      .union([z.literal('next'), releaseVersion], { error: 'expected a release (for example 1.4.0), or next in the first environment' })
      .meta({ description: 'What runs here; next follows pipeline.yaml, in the first environment only' }),
    jobs: z.record(jobName, placedJobSchema).default({}).meta({ description: 'How its jobs run here' }),
    topics: z.record(topicKey, placedTopicSchema).default({}).meta({ description: 'Where this environment differs' }),
  })
  .meta({ title: 'placement.yaml', description: 'Which release of a pipeline runs in an environment, how big, in what state' });

export type Placement = z.output<typeof placementSchema>;
export type PlacedJob = z.output<typeof placedJobSchema>;

import * as z from 'zod';

import { jobName, kafkaIdentifier, kafkaReference, kafkaTopicName, MAIN_KAFKA, pipelineName, teamName, topicKey, userName } from '../names.js';
import { flinkConfiguration } from './flink-configuration.js';
import { config, positiveInteger, processText } from './scalars.js';

const consumerGroup = kafkaIdentifier('a consumer group', 'order-processor-group');
const transactionalIdPrefix = kafkaIdentifier('a transactional id prefix', 'order-processor.order-processor.order-totals.tx');

export const flinkVersions = ['v1_19', 'v1_20', 'v2_0', 'v2_1', 'v2_2'] as const;
/** The Flink minors that Flink Kubernetes Operator 1.15 runs without deprecation (R24). */
export const flinkVersion = z.enum(flinkVersions, { error: `expected one of ${flinkVersions.join(', ')}` }).meta({ examples: ['v2_2'] });
export type FlinkVersion = z.output<typeof flinkVersion>;

/** Kafka's own limit is far higher; a topic of more partitions than this is a typing error. */
export const partitions = positiveInteger(10_000);

/** A topic that a pipeline owns. */
const topicSchema = z.strictObject({
  topicName: kafkaTopicName.optional().meta({ description: 'The name in Kafka, where it differs from the key' }),
  partitions: partitions.meta({ description: 'Can be raised later, never lowered (R9)' }),
  config: config.default({}).meta({ description: "Kafka's topic settings, by Kafka's names" }),
  managed: z.boolean().default(true).meta({
    description: 'false: Strimzi lets go of it; the topic and its data stay when the declaration goes. The first of the two steps of a removal (R12)',
  }),
});

const externalTopicSchema = z.strictObject({
  topicName: kafkaTopicName.optional().meta({ description: 'The name in Kafka, where it differs from the key' }),
  kafka: kafkaReference.optional().meta({ description: "The Kafka cluster that has it; default: the pipeline's" }),
});

export const deliveryGuarantees = ['exactly-once', 'at-least-once', 'none'] as const;

const otherUser = userName.optional().meta({ description: "As which user, where the topic is in another Kafka cluster than the job's own user" });

const readSchema = z.strictObject({
  user: otherUser,
  consumerGroup: consumerGroup.optional().meta({ description: 'Default: <job>-group' }),
});
const writeSchema = z.strictObject({
  user: otherUser,
  deliveryGuarantee: z.enum(deliveryGuarantees).default('exactly-once').meta({ description: "Flink's KafkaSink guarantee" }),
  transactionalIdPrefix: transactionalIdPrefix.optional().meta({ description: 'Default: <pipeline>.<job>.<topic>.tx; nobody else may use it' }),
});

/** A Kafka user, and what clients that are no Flink job of ours do as it. */
const userSchema = z.strictObject({
  kafka: kafkaReference.optional().meta({ description: "The Kafka cluster that it is a user of; default: the pipeline's" }),
  reads: z
    .record(topicKey, z.strictObject({ consumerGroup: consumerGroup.meta({ description: 'The group with which they read' }) }))
    .default({})
    .meta({ description: 'What clients that are no Flink job of ours read as this user' }),
  writes: z
    .record(
      topicKey,
      z.strictObject({
        transactionalIdPrefix: transactionalIdPrefix.optional().meta({ description: 'What their transactional ids begin with, where they have any' }),
      }),
    )
    .default({})
    .meta({ description: 'What clients that are no Flink job of ours write as this user' }),
  quotas: z
    .strictObject({
      producerByteRate: z.int().min(0).optional().meta({ description: 'Bytes a second that it may write to a broker' }),
      consumerByteRate: z.int().min(0).optional().meta({ description: 'Bytes a second that it may read from a broker' }),
      requestPercentage: z.int().min(0).optional().meta({ description: "Share of the time of a broker's threads, in percent" }),
      controllerMutationRate: z.number().min(0).optional().meta({ description: 'Partitions a second that it may create or delete' }),
    })
    .optional()
    .meta({ description: 'How much it may ask of the cluster' }),
});

/** An image by digest: the tag is for people, the digest is what runs. */
export const imageReference = z
  .string()
  .regex(/^[a-z0-9]+(?:[._-][a-z0-9]+)*(?::\d+)?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?@sha256:[0-9a-f]{64}$/, {
    error: 'an image is named by digest (for example ghcr.io/acme/order-processor@sha256:… with 64 hexadecimal digits)',
  });

/** A jar that the operator downloads for a session job: https only, unless the operator is told otherwise (R35). */
export const jarUri = z.string().regex(/^(?:(?:https?|s3|gs):\/\/|abfss?:\/\/(?:[a-z0-9][-a-z0-9]{0,62}@)?)[^\s?#@]+\.jar$/, {
  error: 'expected the URI of a jar without credentials (for example https://artifacts.acme.example/order-processor-1.0.0.jar)',
});

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, { error: 'a SHA-256 has 64 lower-case hexadecimal digits' });

export const entryClass = z
  .string()
  .regex(/^(?:[a-zA-Z_$][\w$]*\.)*[a-zA-Z_$][\w$]*$/, { error: 'expected a Java class name (for example com.acme.orders.OrderProcessor)' })
  .meta({ examples: ['com.acme.orders.OrderProcessor'] });

/** One build of a job, in the forms that the two modes run. */
export const artifactSchema = z.strictObject({
  image: imageReference.optional().meta({ description: 'Application mode: the image with the jar in it; written by millrace artifact' }),
  jar: z
    .strictObject({ uri: jarUri.meta({ description: 'Where the operator downloads it' }), sha256: sha256.meta({ description: 'The SHA-256 of the file' }) })
    .optional()
    .meta({ description: 'Session mode: the same build as a jar; written by millrace artifact' }),
  entryClass: entryClass.optional().meta({ description: "Default: the jar's Main-Class" }),
});

/** A Flink job: what it is in every environment. */
const jobSchema = z.strictObject({
  user: userName.meta({ description: 'The Kafka user that the job is' }),
  flinkVersion: flinkVersion.meta({ description: 'The Flink minor, as the operator spells it' }),
  artifact: artifactSchema.default({}).meta({ description: 'One build, both forms' }),
  args: z.array(processText).default([]).meta({ description: "The job's own arguments, after those that Millrace derives from reads and writes" }),
  reads: z.record(topicKey, readSchema).default({}).meta({ description: 'Topics that it reads, by key' }),
  writes: z.record(topicKey, writeSchema).default({}).meta({ description: 'Topics that it writes, by key' }),
  upgradeMode: z.enum(['savepoint', 'last-state', 'stateless']).default('savepoint').meta({ description: 'How state is carried over a change (R27)' }),
  maxParallelism: positiveInteger(32_768).default(120).meta({ description: 'Fixed for the life of the state (R84)' }),
  flinkConfiguration: flinkConfiguration.default({}).meta({ description: "Flink's settings that travel with the job: state backend, checkpointing" }),
});

/** apps/<pipeline>/pipeline.yaml: what a team declares. */
export const pipelineSchema = z
  .strictObject({
    pipeline: pipelineName.meta({ description: "The folder's name" }),
    team: teamName.meta({ description: 'The team that owns it, as in millrace.yaml' }),
    kafka: kafkaReference.default(MAIN_KAFKA).meta({ description: 'The Kafka cluster of its topics and users, by the name that environment.yaml gives it' }),
    topics: z.record(topicKey, topicSchema).default({}).meta({ description: 'Topics that this pipeline owns; others read or write them by key' }),
    externalTopics: z
      .record(topicKey, externalTopicSchema)
      .default({})
      .meta({ description: 'Topics that nobody declares here (change data capture, mirrors)' }),
    users: z.record(userName, userSchema).default({}).meta({ description: 'Kafka users; their ACLs follow from the jobs that are them' }),
    jobs: z.record(jobName, jobSchema).default({}).meta({ description: 'Flink jobs' }),
  })
  .meta({ title: 'pipeline.yaml', description: 'Topics, users and jobs of one pipeline' });

export type Pipeline = z.output<typeof pipelineSchema>;
export type Topic = z.output<typeof topicSchema>;
export type Job = z.output<typeof jobSchema>;
export type Artifact = z.output<typeof artifactSchema>;

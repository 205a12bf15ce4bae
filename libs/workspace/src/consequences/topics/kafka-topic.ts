import * as z from 'zod';

import { holding } from './holding.js';

/** What a KafkaTopic says of the topic that it stands for. */
export interface KafkaTopic {
  /** The name in Kafka. */
  readonly topic: string;
  /** Whether Strimzi manages it: it deletes a topic that it manages, with its data, when the resource goes (R12). */
  readonly managed: boolean;
  /** What the topic holds, in words. */
  readonly holds: string;
}

const scalar = z.union([z.string(), z.number(), z.bigint(), z.boolean()]).transform(String);

/** What cannot be read is Kafka's default; the resource is there all the same. */
const resourceSchema = z.looseObject({
  metadata: z.looseObject({ annotations: z.record(z.string(), z.unknown()).catch({}) }),
  spec: z
    .looseObject({
      topicName: z.string().optional().catch(undefined),
      partitions: z.union([z.number(), z.bigint()]).optional().catch(undefined),
      config: z.record(z.string(), scalar).catch({}),
    })
    .catch({ config: {}, partitions: undefined, topicName: undefined }),
});

/** What a resource is as a KafkaTopic; undefined for every other kind. */
export function kafkaTopic({
  apiVersion,
  kind,
  name,
  body,
}: {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly body: unknown;
}): KafkaTopic | undefined {
  if (kind !== 'KafkaTopic' || !apiVersion.startsWith('kafka.strimzi.io/')) return undefined;
  const { metadata, spec } = resourceSchema.parse(body);
  // As Strimzi reads it (TopicOperatorUtil.java): whatever else stands there, it manages the topic.
  return { topic: spec.topicName ?? name, managed: metadata.annotations['strimzi.io/managed'] !== 'false', holds: holding(spec) };
}

import type { Environment } from './declared/environment.js';
import type { ExternalKafka, Kafka } from './declared/environment/kafka.js';
import type { Pipeline } from './declared/pipeline.js';
import { MAIN_KAFKA } from './names.js';

/** A Kafka cluster that an environment declares, by the name that pipelines call it. */
export interface DeclaredKafka {
  readonly kind: 'declared';
  readonly name: string;
  readonly kafka: Kafka;
}

/** A Kafka cluster as the pipelines of an environment see it: one that Millrace declares, or one that others run. */
export type KafkaOfEnvironment = DeclaredKafka | { readonly kind: 'external'; readonly name: string; readonly external: ExternalKafka };

/** The Kafka clusters that an environment declares: the main one, then the further ones by name. */
export function declaredKafkas({ kafka, kafkaClusters }: Environment): readonly DeclaredKafka[] {
  return [...(kafka === undefined ? [] : [[MAIN_KAFKA, kafka] as const]), ...Object.entries(kafkaClusters).sort(([a], [b]) => (a < b ? -1 : 1))].map(
    ([name, cluster]) => ({ kind: 'declared', name, kafka: cluster }),
  );
}

/** Where in environment.yaml a declared cluster stands. */
export function kafkaPath(name: string): readonly string[] {
  return name === MAIN_KAFKA ? ['kafka'] : ['kafkaClusters', name];
}

/** The folder of a declared cluster's overlay in its environment, and the last part of its Application's name. */
export function clusterPart(name: string): string {
  return name === MAIN_KAFKA ? 'kafka' : `kafka-${name}`;
}

/** Every Kafka cluster of an environment, those of others last. */
function kafkasOf(environment: Environment): readonly KafkaOfEnvironment[] {
  const external = Object.entries(environment.externalKafka).sort(([a], [b]) => (a < b ? -1 : 1));
  return [...declaredKafkas(environment), ...external.map(([name, cluster]) => ({ kind: 'external' as const, name, external: cluster }))];
}

/** The Kafka cluster that pipelines call by a name; undefined where the environment has none of it. */
export function kafkaNamed(environment: Environment, name: string): KafkaOfEnvironment | undefined {
  return kafkasOf(environment).find((cluster) => cluster.name === name);
}

/** The cluster that a user of a pipeline is known in. */
export function kafkaOfUser(pipeline: Pipeline, user: string): string {
  return pipeline.users[user]?.kafka ?? pipeline.kafka;
}

/** The clusters in which a pipeline has topics or users: its own first, then those of its other users. */
export function kafkasOfPipeline(pipeline: Pipeline): readonly string[] {
  return [
    ...new Set([
      pipeline.kafka,
      ...Object.keys(pipeline.users)
        .map((user) => kafkaOfUser(pipeline, user))
        .sort(),
    ]),
  ];
}

/** The users that a job is: its own, and those as which it reads or writes in other clusters. */
export function usersOfJob({ user, reads, writes }: Pipeline['jobs'][string]): readonly string[] {
  return [...new Set([user, ...[...Object.values(reads), ...Object.values(writes)].flatMap((use) => use.user ?? [])])].sort();
}

/** A part of a pipeline for one of its clusters: `kafka` for its own, `kafka-<name>` for another. */
export function kafkaPart(pipeline: Pipeline, cluster: string): string {
  return cluster === pipeline.kafka ? 'kafka' : `kafka-${cluster}`;
}

import { kafkaOfUser, kafkaPart, type DeclaredKafka } from '@millrace/model';

import { sorted, unlessEmpty } from '../context-values.js';
import { manifestsIn, type Manifest } from '../file.js';
import { overlay, type PatchesOf } from '../kustomization.js';
import { passwordSecret } from './client-secret.js';
import type { Placed } from './placed.js';

/** The clusters for which a pipeline has an overlay here: those that the environment declares, and in which it has something. */
export function kafkaOverlays({ pipeline, kafkas }: Placed): readonly DeclaredKafka[] {
  return [...kafkas.values()].flatMap((cluster) => (cluster.kind === 'declared' && hasSomethingIn(pipeline, cluster.name) ? [cluster] : []));
}

function hasSomethingIn(pipeline: Placed['pipeline'], cluster: string): boolean {
  const ownTopics = cluster === pipeline.kafka && Object.keys(pipeline.topics).length > 0;
  return ownTopics || Object.keys(pipeline.users).some((user) => kafkaOfUser(pipeline, user) === cluster);
}

/** The overlay of a pipeline's topics and users in one cluster: whose they are, how often topics are copied, sync policy. */
export function kafkaOverlay(placed: Placed, { name, kafka }: DeclaredKafka, patchesOf: PatchesOf): readonly Manifest[] {
  const { environment, layout, placement, pipeline, bases, file } = placed;
  const part = kafkaPart(pipeline, name);
  const folder = `${placed.folder}/${part}`;
  const topics = name === pipeline.kafka ? Object.keys(pipeline.topics).sort() : [];
  const users = Object.keys(pipeline.users)
    .filter((user) => kafkaOfUser(pipeline, user) === name)
    .sort();
  const manifest = manifestsIn(folder, file, layout);

  const topicPatches = topics.map((topic) => {
    const here = placement.topics[topic];
    const config = { ...kafka.topicDefaults?.config, ...pipeline.topics[topic]?.config, ...here?.config };
    const differs = Object.entries(config).filter(([key, value]) => pipeline.topics[topic]?.config[key] !== value);
    const spec = {
      partitions: here?.partitions,
      // Left out, Kafka decides when the topic is made, and more brokers change no topic that is there (R10).
      replicas: kafka.topicDefaults?.replicas,
      config: unlessEmpty(sorted(Object.fromEntries(differs))),
    };
    const declares = Object.values(spec).some((value) => value !== undefined);
    return manifest(`topic-${topic}.yaml`, 'pipeline/topic-patch', { topic, managed: pipeline.topics[topic]?.managed ?? true, declares, ...spec });
  });
  // Where a vault has the passwords, Strimzi takes them from the Secret that External Secrets makes beside Kafka (R68).
  const vault = environment.credentials !== 'external-secrets';
  const userPatches = users.map((user) =>
    manifest(`user-${user}.yaml`, 'pipeline/user-patch', { user, password: vault ? { secret: passwordSecret(user), key: 'password' } : undefined }),
  );
  const labels = { 'app.kubernetes.io/part-of': pipeline.pipeline, 'strimzi.io/cluster': kafka.cluster };
  const base = `${bases}/${part}`;
  return overlay(manifest, { folder, namespace: kafka.namespace, labels, base, patches: [...topicPatches, ...userPatches] }, patchesOf);
}

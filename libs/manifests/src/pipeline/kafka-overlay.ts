import { relativePath, type PatchFile } from '@millrace/model';

import { manifestsIn, sorted, unlessEmpty, type Manifest } from '../file.js';
import { kustomizationContext } from '../kustomization.js';
import type { Placed } from './placed.js';

/** The overlay of a pipeline's topics and users: whose cluster they belong to, how often topics are copied, sync policy. */
export function kafkaOverlay(placed: Placed, own: readonly PatchFile[]): readonly Manifest[] {
  const { environment, kafka, placement, pipeline, bases, file } = placed;
  const folder = `${placed.folder}/kafka`;
  const topics = Object.keys(pipeline.topics).sort();
  const users = Object.keys(pipeline.users).sort();
  if (topics.length + users.length === 0) return [];
  const manifest = manifestsIn(folder, file, environment.layout);

  const topicPatches = topics.map((topic) => {
    const here = placement.topics[topic];
    const config = { ...kafka.topicDefaults?.config, ...pipeline.topics[topic]?.config, ...here?.config };
    const differs = Object.entries(config).filter(([key, value]) => pipeline.topics[topic]?.config[key] !== value);
    return manifest(`topic-${topic}.yaml`, 'pipeline/topic-patch', {
      topic,
      partitions: here?.partitions,
      replicas: kafka.topicDefaults?.replicas ?? Math.min(3, kafka.brokers.replicas),
      config: unlessEmpty(sorted(Object.fromEntries(differs))),
    });
  });
  const userPatches = users.map((user) => manifest(`user-${user}.yaml`, 'pipeline/user-patch', { user }));
  const kustomization = kustomizationContext({
    namespace: kafka.namespace,
    resources: [relativePath(folder, `${bases}/kafka`)],
    labels: { 'app.kubernetes.io/part-of': pipeline.pipeline, 'strimzi.io/cluster': kafka.cluster },
    patches: [...topics.map((topic) => `topic-${topic}.yaml`), ...users.map((user) => `user-${user}.yaml`)],
    own: { folder, patches: own },
  });
  return [manifest('kustomization.yaml', 'kustomization', kustomization), ...topicPatches, ...userPatches];
}

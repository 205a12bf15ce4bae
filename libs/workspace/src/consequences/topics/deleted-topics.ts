import { mergedResources } from '@millrace/manifests';

import { textsOf, type Changes } from '../../changes.js';
import { editedFiles } from '../../files/edited.js';
import type { Files } from '../../files/files.js';
import { overlaySources } from '../overlay-sources.js';
import { kafkaTopic, type KafkaTopic } from './kafka-topic.js';

/** A topic that Kafka would delete with its data, once changes are in the cluster. */
export interface DeletedTopic extends Pick<KafkaTopic, 'topic' | 'holds'> {
  readonly environment: string;
}

/** An overlay's kustomization names the patch of each of its topics: where none goes, and all stay in their namespace, it stays as it is. */
const KUSTOMIZATION = /^(environments\/[^/]+\/pipelines\/[^/]+\/kafka[^/]*)\/kustomization\.yaml$/;

/**
 * The topics that Strimzi manages as things are, and whose KafkaTopic changes take away (R12), whoever made them: a command, or somebody
 * who wrote another release into a placement. One that another pipeline of the environment takes over stays.
 */
export function deletedTopics(files: Files, changes: Changes): readonly DeletedTopic[] {
  const texts = textsOf(changes);
  // What is made anew holds no topic yet.
  const overlays = [...changes.update, ...changes.delete].flatMap(({ path }) => KUSTOMIZATION.exec(path)?.[1] ?? []).sort();
  const managed = [...topicsOf(files, overlays)].filter(([, topic]) => topic.managed);
  if (managed.length === 0) return [];
  const now = topicsOf(editedFiles(files, texts), overlays);
  return managed.flatMap(([key, { environment, topic, holds }]) => (now.has(key) ? [] : [{ environment, topic, holds }]));
}

/** The topics of overlays, by environment, namespace and resource. */
function topicsOf(files: Files, overlays: readonly string[]): ReadonlyMap<string, DeletedTopic & Pick<KafkaTopic, 'managed'>> {
  return new Map(
    overlays.flatMap((overlay) => {
      const environment = overlay.split('/')[1] ?? '';
      const { namespace, texts } = overlaySources((path) => files.read(path), overlay, 'KafkaTopic');
      return mergedResources(texts).flatMap((resource) => {
        const topic = kafkaTopic(resource);
        return topic === undefined ? [] : [[`${environment} ${namespace ?? ''} ${resource.name}`, { environment, ...topic }] as const];
      });
    }),
  );
}

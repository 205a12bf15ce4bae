import type { ValueMap } from '@millrace/kustomize';

import { isMap, listAt, mapAt, type FieldPath } from '../../field.js';

/** A place where Connect, MirrorMaker 2 or the bridge says how it reaches a Kafka: `tls` and `authentication` stand in it. */
export interface ClientConnection {
  readonly body: ValueMap;
  readonly path: FieldPath;
}

/** Every place of a resource's spec that says how a Kafka is reached; of MirrorMaker 2 one for each cluster. */
export function clientConnectionsOf(body: ValueMap, kind: string): readonly ClientConnection[] {
  const one = (...path: FieldPath): readonly ClientConnection[] => [{ body: mapAt(body, ...path), path }];
  if (kind !== 'KafkaMirrorMaker2') return one('spec');
  const mirrors = listAt(body, 'spec', 'mirrors').flatMap((_, index) => one('spec', 'mirrors', index, 'source'));
  // `clusters` is where the API before v1 had them.
  const clusters = listAt(body, 'spec', 'clusters').flatMap((cluster, index) => (isMap(cluster) ? [{ body: cluster, path: ['spec', 'clusters', index] }] : []));
  return [...one('spec', 'target'), ...mirrors, ...clusters];
}

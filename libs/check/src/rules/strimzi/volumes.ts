import type { ValueMap } from '@millrace/kustomize';

import { isMap, listAt, mapAt, textAt, type FieldPath } from '../../field.js';

/** One volume of a node pool: the storage itself, or one of its JBOD volumes. */
export interface Volume {
  readonly body: ValueMap;
  readonly path: FieldPath;
  readonly label: string;
}

/** The volumes of a node pool's storage, also where JBOD has several; none where there is no storage. */
export function volumesOf(body: ValueMap): readonly Volume[] {
  const path = ['spec', 'storage'];
  if (textAt(body, 'spec', 'storage', 'type') !== 'jbod') return [{ body: mapAt(body, ...path), path, label: 'the storage' }];
  return jbodVolumesOf(body);
}

/** The volumes of a JBOD storage; none where the storage is a single volume. */
export function jbodVolumesOf(body: ValueMap): readonly Volume[] {
  if (textAt(body, 'spec', 'storage', 'type') !== 'jbod') return [];
  return listAt(body, 'spec', 'storage', 'volumes').flatMap((volume, index) =>
    isMap(volume) ? [{ body: volume, path: ['spec', 'storage', 'volumes', index], label: `volume ${index + 1}` }] : [],
  );
}

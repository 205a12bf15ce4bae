import type { ValueMap } from '@millrace/kustomize';

import { isMap, listAt, scalarText, textAt, type FieldPath } from '../../field.js';

/** A listener of a Kafka. */
export interface Listener {
  readonly body: ValueMap;
  readonly path: FieldPath;
  readonly name: string | undefined;
  readonly port: string | undefined;
  readonly type: string | undefined;
  /** As messages call it. */
  readonly label: string;
}

/** The listeners of a Kafka that are maps; what else stands there is the schema's to report. */
export function listenersOf(body: ValueMap): readonly Listener[] {
  return listAt(body, 'spec', 'kafka', 'listeners').flatMap((listener, index) => {
    if (!isMap(listener)) return [];
    const name = textAt(listener, 'name');
    return [
      {
        body: listener,
        path: ['spec', 'kafka', 'listeners', index],
        name,
        port: scalarText(listener['port']),
        type: textAt(listener, 'type'),
        label: name === undefined ? `listener ${index + 1}` : `listener "${name}"`,
      },
    ];
  });
}

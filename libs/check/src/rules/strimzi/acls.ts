import type { ValueMap } from '@millrace/kustomize';

import { isMap, listAt, textAt, type FieldPath } from '../../field.js';

/** One rule of a KafkaUser's authorization. */
export interface Acl {
  readonly body: ValueMap;
  readonly path: FieldPath;
  /** Whether it gives rights; an absent type does. */
  readonly allows: boolean;
  readonly resourceType: string | undefined;
  readonly name: string | undefined;
  /** Whether the name stands for all names that begin with it. */
  readonly isPrefix: boolean;
  readonly operations: readonly { readonly operation: string; readonly path: FieldPath }[];
}

/** The ACLs of a KafkaUser that are maps, in the API of v1 and in the one before; what else stands there is the schema's to report. */
export function aclsOf(body: ValueMap): readonly Acl[] {
  return listAt(body, 'spec', 'authorization', 'acls').flatMap((acl, index) => {
    if (!isMap(acl)) return [];
    const path = ['spec', 'authorization', 'acls', index];
    // The one operation of the API before v1 is judged like the others.
    const single = textAt(acl, 'operation');
    const several = listAt(acl, 'operations').flatMap((operation, at) =>
      typeof operation === 'string' ? [{ operation, path: [...path, 'operations', at] }] : [],
    );
    return [
      {
        body: acl,
        path,
        allows: textAt(acl, 'type') !== 'deny',
        resourceType: textAt(acl, 'resource', 'type'),
        name: textAt(acl, 'resource', 'name'),
        isPrefix: textAt(acl, 'resource', 'patternType') === 'prefix',
        operations: single === undefined ? several : [...several, { operation: single, path: [...path, 'operation'] }],
      },
    ];
  });
}

import type { Value } from '@millrace/kustomize';

import { isList, isMap, type FieldPath } from '../../field.js';
import type { Subject } from '../../subject.js';

/** A text of a resource, wherever it stands. */
export interface Text {
  readonly path: FieldPath;
  readonly text: string;
}

/**
 * Kinds that are not searched: a Secret is told as a whole, a sealed one is made to be read by everybody, and a definition only
 * describes fields.
 */
const unsearched: ReadonlySet<string> = new Set(['Secret', 'bitnami.com/SealedSecret', 'apiextensions.k8s.io/CustomResourceDefinition']);

/** Every text of a resource that is long enough to hold a credential. */
export function textsOf({ resource: { body }, groupKind }: Subject): readonly Text[] {
  if (unsearched.has(groupKind)) return [];
  if (last?.body !== body) last = { body, texts: textsIn(body, []) };
  return last.texts;
}

// Several rules ask for one resource after the other; to keep them of all resources would take too much memory.
let last: { readonly body: Value; readonly texts: readonly Text[] } | undefined;

function textsIn(value: Value, path: FieldPath, texts: Text[] = []): readonly Text[] {
  const entries = isList(value) ? value.entries() : isMap(value) ? Object.entries(value) : [];
  for (const [step, item] of entries) {
    if (typeof item !== 'string') textsIn(item, [...path, step], texts);
    else if (item.length >= 16) texts.push({ path: [...path, step], text: item });
  }
  return texts;
}

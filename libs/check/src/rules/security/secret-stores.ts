import { fieldAt, hasField, textAt, type FieldPath } from '../../field.js';
import { CLUSTER_SECRET_STORE, KAFKA, SECRET_STORE } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import type { Subject } from '../../subject.js';
import { namespaceKeys, type Universe } from '../../universe.js';

/** The namespace that a store of External Secrets' kubernetes provider reads; undefined for a store of any other provider. */
export function remoteNamespace(store: Subject): string | undefined {
  const provider: FieldPath = ['spec', 'provider', 'kubernetes'];
  if (!hasField(store.resource.body, ...provider)) return undefined;
  return textAt(store.resource.body, ...provider, 'remoteNamespace') ?? 'default';
}

/** Whether a namespace has a Kafka in this run, with its Secrets: users and authorities. */
export function hasKafka(namespace: string, near: Subject, universe: Universe): boolean {
  return withKafka(universe).has(`${near.scope}\n${namespace}`);
}

const withKafka = oncePerUniverse(
  (universe) => new Set(universe.of(KAFKA).flatMap(({ scope, namespace }) => (namespace === undefined ? [] : [`${scope}\n${namespace}`]))),
);

/** The service account that a store reads with. */
function readerOf(store: Subject): { readonly name: string; readonly namespace: string | undefined } | undefined {
  const account = fieldAt(store.resource.body, 'spec', 'provider', 'kubernetes', 'auth', 'serviceAccount');
  const name = textAt(account, 'name');
  return name === undefined ? undefined : { name, namespace: textAt(account, 'namespace') ?? store.namespace };
}

/** Whether a store that may share a cluster with a resource is read with a service account. */
export function isReader(name: string, namespace: string | undefined, near: Subject, universe: Universe): boolean {
  return byReader(universe).first(namespaceKeys.looked(namespace).map((key) => [near.scope, name, key].join('\n'))) !== undefined;
}

/** Stores by the service account that they read with. */
const byReader = oncePerUniverse(
  (universe) =>
    new OrderedIndex(
      [SECRET_STORE, CLUSTER_SECRET_STORE].flatMap((kind) => universe.of(kind)),
      (store) => {
        const reader = readerOf(store);
        return reader === undefined ? [] : namespaceKeys.filed(reader.namespace).map((key) => [store.scope, reader.name, key].join('\n'));
      },
    ),
);

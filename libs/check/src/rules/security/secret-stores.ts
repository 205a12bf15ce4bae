import { fieldAt, hasField, textAt, type FieldPath } from '../../field.js';
import type { Subject } from '../../subject.js';
import { agrees, type Universe } from '../../universe.js';

export const EXTERNAL_SECRET = 'external-secrets.io/ExternalSecret';
export const SECRET_STORE = 'external-secrets.io/SecretStore';
export const CLUSTER_SECRET_STORE = 'external-secrets.io/ClusterSecretStore';

/** The namespace that a store of External Secrets' kubernetes provider reads; undefined for a store of any other provider. */
export function remoteNamespace(store: Subject): string | undefined {
  const provider: FieldPath = ['spec', 'provider', 'kubernetes'];
  if (!hasField(store.resource.body, ...provider)) return undefined;
  return textAt(store.resource.body, ...provider, 'remoteNamespace') ?? 'default';
}

/** Whether a namespace has a Kafka in this run, with its Secrets: users and authorities. */
export function hasKafka(namespace: string, near: Subject, universe: Universe): boolean {
  return universe.near(near, 'kafka.strimzi.io/Kafka').some((kafka) => kafka.namespace === namespace);
}

/** The service account that a store reads with. */
export function readerOf(store: Subject): { readonly name: string; readonly namespace: string | undefined } | undefined {
  const account = fieldAt(store.resource.body, 'spec', 'provider', 'kubernetes', 'auth', 'serviceAccount');
  const name = textAt(account, 'name');
  return name === undefined ? undefined : { name, namespace: textAt(account, 'namespace') ?? store.namespace };
}

/** Whether a store is read with a service account. */
export function isReadWith(store: Subject, name: string, namespace: string | undefined): boolean {
  const reader = readerOf(store);
  return reader !== undefined && reader.name === name && agrees(reader.namespace, namespace);
}

import { fieldAt, isMap, listAt, mapAt, textAt, type FieldPath } from '../../field.js';
import type { Value } from '@millrace/kustomize';
import { BRIDGE, CONNECT, KAFKA, MIRROR_MAKER_2, USER } from '../../kinds.js';
import { isPlaceholder } from '../../placeholder.js';
import type { Subject } from '../../subject.js';
import { podKinds, podPathsOf } from '../pods.js';

const CLIENTS = [BRIDGE, CONNECT, MIRROR_MAKER_2];

/** What runs pods that read Secrets and ConfigMaps, or tells an operator to. */
export const READERS: readonly string[] = [...podKinds, ...CLIENTS, KAFKA, USER];

/** What is read from a Secret or a ConfigMap. */
export interface ConfigReference {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  /** Where the name stands. */
  readonly path: FieldPath;
  /** The key that must be there, and where it is written. */
  readonly key?: { readonly name: string; readonly path: FieldPath };
  /** What cannot be had is left out, not waited for. */
  readonly optional: boolean;
}

/** Everything that a resource reads from Secrets and ConfigMaps of its namespace. */
export function* configReferences(subject: Subject): Generator<ConfigReference> {
  const { body } = subject.resource;
  for (const path of podPathsOf(subject.groupKind)) yield* ofPod(body, path);
  if (CLIENTS.includes(subject.groupKind)) yield* ofClient(fieldAt(body, 'spec'), ['spec']);
  if (subject.groupKind === KAFKA) yield* metrics(body);
  if (subject.groupKind === USER) {
    yield* keyed('Secret', body, ['spec', 'authentication', 'password', 'valueFrom', 'secretKeyRef'], 'name', 'key');
  }
}

function* metrics(body: Value): Generator<ConfigReference> {
  for (const part of ['kafka', 'cruiseControl']) {
    yield* keyed('ConfigMap', body, ['spec', part, 'metricsConfig', 'valueFrom', 'configMapKeyRef'], 'name', 'key');
  }
}

function* ofPod(body: Value, at: FieldPath): Generator<ConfigReference> {
  const pod = mapAt(body, ...at);
  for (const list of ['initContainers', 'containers']) {
    for (const [index, container] of listAt(pod, list).entries()) {
      const here = [...at, list, index];
      for (const [item] of listAt(container, 'env').entries()) {
        yield* keyed('Secret', body, [...here, 'env', item, 'valueFrom', 'secretKeyRef'], 'name', 'key');
        yield* keyed('ConfigMap', body, [...here, 'env', item, 'valueFrom', 'configMapKeyRef'], 'name', 'key');
      }
      for (const [item] of listAt(container, 'envFrom').entries()) {
        yield* keyed('Secret', body, [...here, 'envFrom', item, 'secretRef'], 'name');
        yield* keyed('ConfigMap', body, [...here, 'envFrom', item, 'configMapRef'], 'name');
      }
    }
  }
  for (const [index, volume] of listAt(pod, 'volumes').entries()) {
    const here = [...at, 'volumes', index];
    yield* mounted('Secret', body, [...here, 'secret'], 'secretName');
    yield* mounted('ConfigMap', body, [...here, 'configMap'], 'name');
    for (const [item] of listAt(volume, 'projected', 'sources').entries()) {
      yield* mounted('Secret', body, [...here, 'projected', 'sources', item, 'secret'], 'name');
      yield* mounted('ConfigMap', body, [...here, 'projected', 'sources', item, 'configMap'], 'name');
    }
  }
}

/** Client settings of Strimzi's other components, wherever they stand: `authentication`, `tls`, and those of mirrored clusters. */
function* ofClient(value: Value | undefined, at: FieldPath): Generator<ConfigReference> {
  if (Array.isArray(value)) {
    for (const [index, item] of listAt(value).entries()) yield* ofClient(item, [...at, index]);
  } else if (isMap(value)) {
    for (const [field, item] of Object.entries(value)) {
      const here = [...at, field];
      if (field === 'passwordSecret') yield* keyed('Secret', item, [], 'secretName', 'password', here);
      else if (field === 'certificateAndKey') yield* keyed('Secret', item, [], 'secretName', 'certificate', here);
      else if (field === 'trustedCertificates') {
        for (const [index, entry] of listAt(item).entries()) yield* keyed('Secret', entry, [], 'secretName', 'certificate', [...here, index]);
      } else if (field !== 'template' && field !== 'config') yield* ofClient(item, here);
    }
  }
}

function* mounted(kind: ConfigReference['kind'], body: Value, at: FieldPath, nameField: string): Generator<ConfigReference> {
  const items = listAt(body, ...at, 'items');
  if (items.length === 0) yield* keyed(kind, body, at, nameField);
  for (const [index, item] of items.entries()) {
    for (const reference of keyed(kind, body, at, nameField)) {
      const key = textAt(item, 'key');
      yield key === undefined ? reference : { ...reference, key: { name: key, path: [...at, 'items', index, 'key'] } };
    }
  }
}

function* keyed(
  kind: ConfigReference['kind'],
  body: Value,
  at: FieldPath,
  nameField: string,
  keyField?: string,
  above: FieldPath = [],
): Generator<ConfigReference> {
  const reference = fieldAt(body, ...at);
  const name = textAt(reference, nameField);
  if (name === undefined || name === '' || isPlaceholder(name)) return;
  const key = keyField === undefined ? undefined : textAt(reference, keyField);
  yield {
    kind,
    name,
    path: [...above, ...at, nameField],
    ...(key === undefined || keyField === undefined ? {} : { key: { name: key, path: [...above, ...at, keyField] } }),
    optional: fieldAt(reference, 'optional') === true,
  };
}

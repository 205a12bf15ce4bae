import type { Value } from '@millrace/kustomize';

import { fieldAt, isList, isMap, textAt, type FieldPath } from '../../field.js';
import { CONNECT, FLINK_DEPLOYMENT, KAFKA } from '../../kinds.js';
import type { BuiltResource } from '../../sources/kustomization.js';
import { groupKindOf, groupOf } from '../../subject.js';
import { isCustomGroup } from '../../built-in-groups.js';
import { CLUSTER_LABEL_PATH } from '../strimzi/labels.js';

/** A name in a custom resource that stands for another resource, at a place that kustomize does not know. */
export interface NamedReference {
  readonly path: FieldPath;
  readonly name: string;
  /** Group and kind of what is named. */
  readonly to: string;
}

/** Fields that hold the name of another resource. */
const byKind: Readonly<Record<string, readonly { path: FieldPath; to: string }[]>> = {
  'kafka.strimzi.io/KafkaNodePool': [{ path: CLUSTER_LABEL_PATH, to: KAFKA }],
  'kafka.strimzi.io/KafkaTopic': [{ path: CLUSTER_LABEL_PATH, to: KAFKA }],
  'kafka.strimzi.io/KafkaUser': [{ path: CLUSTER_LABEL_PATH, to: KAFKA }],
  'kafka.strimzi.io/KafkaRebalance': [{ path: CLUSTER_LABEL_PATH, to: KAFKA }],
  'kafka.strimzi.io/KafkaConnector': [{ path: CLUSTER_LABEL_PATH, to: CONNECT }],
  'flink.apache.org/FlinkSessionJob': [{ path: ['spec', 'deploymentName'], to: FLINK_DEPLOYMENT }],
  'flink.apache.org/FlinkDeployment': [{ path: ['spec', 'serviceAccount'], to: 'ServiceAccount' }],
};

/** Maps that name a ConfigMap or Secret, in pod templates and in what Strimzi reads by key. */
const byField: Readonly<Record<string, { field: string; to: string }>> = {
  configMapKeyRef: { field: 'name', to: 'ConfigMap' },
  configMapRef: { field: 'name', to: 'ConfigMap' },
  configMap: { field: 'name', to: 'ConfigMap' },
  secretKeyRef: { field: 'name', to: 'Secret' },
  secretRef: { field: 'name', to: 'Secret' },
  secret: { field: 'secretName', to: 'Secret' },
};

/** The names in a custom resource that kustomize leaves as they are; none in a built-in resource, whose names it follows. */
export function* namedReferences(resource: BuiltResource): Generator<NamedReference> {
  if (!isCustomGroup(groupOf(resource.apiVersion))) return;
  for (const { path, to } of byKind[groupKindOf(resource.apiVersion, resource.kind)] ?? []) {
    const name = textAt(resource.body, ...path);
    if (name) yield { path, name, to };
  }
  yield* within(fieldAt(resource.body, 'spec'), ['spec']);
}

function* within(value: Value | undefined, path: FieldPath): Generator<NamedReference> {
  if (isList(value)) for (const [index, item] of value.entries()) yield* within(item, [...path, index]);
  if (!isMap(value)) return;
  for (const [field, item] of Object.entries(value)) {
    const reference = Object.hasOwn(byField, field) ? byField[field] : undefined;
    const name = reference === undefined ? undefined : textAt(item, reference.field);
    if (reference !== undefined && name && fieldAt(item, 'optional') !== true) yield { path: [...path, field, reference.field], name, to: reference.to };
    yield* within(item, [...path, field]);
  }
}

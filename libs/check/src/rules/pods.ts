import type { Value, ValueMap } from '@millrace/kustomize';

import { fieldAt, isMap, listAt, type FieldPath } from '../field.js';
import type { Subject } from '../subject.js';
import { CLUSTERS, specPathOf } from './flink/flink-spec.js';

const FLINK_TEMPLATES: readonly FieldPath[] = [['podTemplate'], ['jobManager', 'podTemplate'], ['taskManager', 'podTemplate']];

/** The container that Flink runs in; the operator and Flink add it where a template has none. */
export const MAIN_CONTAINER = 'flink-main-container';

/** Where kinds have the specifications of their pods. A Flink cluster has up to three: of both roles, of its JobManager, of its TaskManagers. */
const podPaths: Readonly<Record<string, readonly FieldPath[]>> = {
  Pod: [['spec']],
  'apps/DaemonSet': [['spec', 'template', 'spec']],
  'apps/Deployment': [['spec', 'template', 'spec']],
  'apps/ReplicaSet': [['spec', 'template', 'spec']],
  'apps/StatefulSet': [['spec', 'template', 'spec']],
  'batch/CronJob': [['spec', 'jobTemplate', 'spec', 'template', 'spec']],
  'batch/Job': [['spec', 'template', 'spec']],
  ...Object.fromEntries(CLUSTERS.map((kind) => [kind, FLINK_TEMPLATES.map((template) => [...specPathOf(kind), ...template, 'spec'])])),
};

/** Kinds that pods come from. */
export const podKinds: readonly string[] = Object.keys(podPaths);

/** Where a kind has the specifications of its pods; nowhere for most. */
export function podPathsOf(groupKind: string): readonly FieldPath[] {
  return podPaths[groupKind] ?? [];
}

export interface PodSpec {
  readonly path: FieldPath;
  readonly spec: ValueMap;
}

export interface Container {
  readonly path: FieldPath;
  readonly container: ValueMap;
}

/** The specifications of pods that a resource has; for a Flink cluster each of its templates, which may say little. */
export function* podsOf({ resource, groupKind }: Subject): Generator<PodSpec> {
  for (const path of podPathsOf(groupKind)) {
    const spec = fieldAt(resource.body, ...path);
    if (isMap(spec)) yield { path, spec };
  }
}

/** The containers of all pods of a resource. */
export function* containersOf(subject: Subject): Generator<Container> {
  for (const { path, spec } of podsOf(subject)) yield* containersIn(spec, path);
}

/** The containers of one pod, those of its start too. */
export function* containersIn(spec: Value, path: FieldPath): Generator<Container> {
  for (const field of ['containers', 'initContainers', 'ephemeralContainers']) {
    for (const [index, container] of listAt(spec, field).entries()) if (isMap(container)) yield { path: [...path, field, index], container };
  }
}

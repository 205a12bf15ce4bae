import type { Value, ValueMap } from '@millrace/kustomize';

import { fieldAt, isMap, listAt, type FieldPath } from '../../field.js';
import { FLINK_DEPLOYMENT } from '../../kinds.js';
import type { Subject } from '../../subject.js';

/** Where kinds have the specification of their pods. */
const podPaths: Readonly<Record<string, readonly FieldPath[]>> = {
  Pod: [['spec']],
  'apps/DaemonSet': [['spec', 'template', 'spec']],
  'apps/Deployment': [['spec', 'template', 'spec']],
  'apps/ReplicaSet': [['spec', 'template', 'spec']],
  'apps/StatefulSet': [['spec', 'template', 'spec']],
  'batch/CronJob': [['spec', 'jobTemplate', 'spec', 'template', 'spec']],
  'batch/Job': [['spec', 'template', 'spec']],
  [FLINK_DEPLOYMENT]: [
    ['spec', 'podTemplate', 'spec'],
    ['spec', 'jobManager', 'podTemplate', 'spec'],
    ['spec', 'taskManager', 'podTemplate', 'spec'],
  ],
};

/** Kinds that pods come from. */
export const podKinds: readonly string[] = Object.keys(podPaths);

export interface PodSpec {
  readonly path: FieldPath;
  readonly spec: ValueMap;
}

export interface Container {
  readonly path: FieldPath;
  readonly container: ValueMap;
}

/** The specifications of pods that a resource has; for a FlinkDeployment each of its templates, which may say little. */
export function* podsOf({ resource, groupKind }: Subject): Generator<PodSpec> {
  for (const path of podPaths[groupKind] ?? []) {
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

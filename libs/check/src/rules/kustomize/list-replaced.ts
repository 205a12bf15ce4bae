import type { Value, ValueMap } from '@millrace/kustomize';

import { fieldAt, isList, isMap, scalarText, textAt, type FieldPath } from '../../field.js';
import type { KustomizationRule } from '../../rule.js';
import { groupOf } from '../../subject.js';
import type { PatchSource } from '../../sources/kustomization.js';
import { buildOf, renderedOf, type Candidate } from './build.js';
import { isCustomGroup } from '../../built-in-groups.js';
import { takes } from './selector.js';

export const listReplaced: KustomizationRule = {
  id: 'kustomize/list-replaced',
  severity: 'warning',
  title: 'A patch keeps the elements that the lists of a custom resource have',
  source: 'R74; kustomize merges lists by key only where it has a schema, which no custom resource has (run with 5.8.1)',
  consequence:
    'The list of the patch takes the place of the one in the base: containers, environment variables, mounts or listeners that only the base names are gone.',
  fix: 'Write the change as JSON6902 operations (`- op: add`, `path: .../env/-`), or repeat in the patch the elements that the base has.',
  reach: 'kustomization',
  *check(root) {
    const { rendered } = root;
    if (rendered === undefined) return;
    const build = buildOf(root);
    for (const { layer, patch, candidates } of build.sights) {
      if (patch.content.kind !== 'strategic') continue;
      for (const object of patch.content.objects) {
        const lists = [...listsOf(object.body, [])];
        if (lists.length === 0) continue;
        for (const candidate of candidates) {
          if (!isCustomGroup(candidate.group) || !isFor(patch, object.body, candidate)) continue;
          const { source } = candidate;
          const results = renderedOf(candidate, build, rendered);
          if (source === undefined || results.length === 0) continue;
          for (const path of lists) {
            const base = fieldAt(source.body, ...path);
            const losses = results.map(({ body }) => lossesOf(base, fieldAt(body, ...path), path));
            const lost = losses.every((loss) => loss.length > 0) ? (losses[0] ?? []) : [];
            if (lost.length === 0) continue;
            yield {
              file: object.file,
              // Inside a kustomization the patch is one text.
              ...(object.file === layer.file
                ? { path: patch.path[0] === 'patchesStrategicMerge' ? patch.path : [...patch.path, 'patch'] }
                : { document: object.document, path }),
              message: `${path.join('.')} of ${candidate.kind} ${candidate.current.name} loses ${lost.join(', ')}: the patch replaces the whole list`,
            };
          }
        }
      }
    }
  },
  passes: {
    'base/kustomization.yaml': `
resources: [deployment.yaml]
`,
    'base/deployment.yaml': `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor}
spec:
  podTemplate:
    spec:
      containers:
        - name: flink-main-container
          env: [{name: LEVEL, value: info}]
`,
    'overlay/kustomization.yaml': `
resources: [../base]
patches:
  - target: {kind: FlinkDeployment, name: order-processor}
    patch: |
      - op: add
        path: /spec/podTemplate/spec/containers/0/env/-
        value: {name: REGION, value: eu}
`,
  },
  fails: {
    'base/kustomization.yaml': `
resources: [deployment.yaml]
`,
    'base/deployment.yaml': `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor}
spec:
  podTemplate:
    spec:
      containers:
        - name: flink-main-container
          env: [{name: LEVEL, value: info}]
`,
    'overlay/kustomization.yaml': `
resources: [../base]
patches:
  - path: region.yaml
`,
    'overlay/region.yaml': `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor}
spec:
  podTemplate:
    spec:
      containers:
        - name: flink-main-container
          env: [{name: REGION, value: eu}]
`,
  },
};

/** Whether a patch is applied to a candidate: by its target, or else by the object that it names itself. */
function isFor(patch: PatchSource, object: ValueMap, candidate: Candidate): boolean {
  if (patch.target !== undefined) return takes(patch.target, candidate);
  const name = textAt(object, 'metadata', 'name');
  return (
    textAt(object, 'kind') === candidate.kind &&
    groupOf(textAt(object, 'apiVersion') ?? '') === candidate.group &&
    (name === candidate.original.name || name === candidate.current.name)
  );
}

/** The outermost lists of a patch that have elements and say nothing of how to merge. */
function* listsOf(value: Value, path: FieldPath): Generator<FieldPath> {
  if (isList(value)) {
    if (value.length > 0 && value.every((item) => fieldAt(item, '$patch') === undefined)) yield path;
  } else if (isMap(value) && !('$patch' in value)) {
    for (const [field, item] of Object.entries(value)) yield* listsOf(item, [...path, field]);
  }
}

/** Elements of the base's list that the result lacks; and inside elements that both have, the same of their lists and of a container's fields. */
function lossesOf(base: Value | undefined, result: Value | undefined, path: FieldPath): readonly string[] {
  if (!isList(base) || !isList(result)) return [];
  const isContainers = /^(?:initC|c)ontainers$/.test(String(path.at(-1)));
  return base.flatMap((element) => {
    const key = keyOf(element);
    if (key === undefined || !isMap(element)) return [];
    const kept = result.find((item) => keyOf(item) === key);
    if (kept === undefined) return [key];
    return Object.entries(element).flatMap(([field, value]) => {
      const now = fieldAt(kept, field);
      if (now === undefined || now === null) return isContainers ? [`${key}.${field}`] : [];
      return lossesOf(value, now, [...path, key, field]).map((loss) => `${key}.${field}.${loss}`);
    });
  });
}

/** What tells an element from its neighbours. A volume may be mounted twice. */
function keyOf(element: Value): string | undefined {
  return scalarText(fieldAt(element, 'mountPath') ?? fieldAt(element, 'name') ?? fieldAt(element, 'id'));
}

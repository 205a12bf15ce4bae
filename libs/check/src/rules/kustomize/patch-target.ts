import type { ValueMap } from '@millrace/kustomize';

import { textAt } from '../../field.js';
import type { KustomizationRule } from '../../rule.js';
import { groupOf } from '../../subject.js';
import { buildOf, explains, type Candidate } from './build.js';
import { takes } from './selector.js';

/** How many resources a message names. */
const mostNamed = 5;

export const patchTarget: KustomizationRule = {
  id: 'kustomize/patch-target',
  severity: 'error',
  title: 'The target of a patch matches a resource',
  source:
    'R74, R76; kustomize, PatchTransformer.go and resWrangler.Select: names and namespaces are matched as the file has them and as the layers below left them, before namePrefix and namespace of this kustomization',
  consequence: 'Kustomize leaves the patch out without a word, and what it was to set is missing in the cluster.',
  fix: 'Give the target the kind, name and namespace that the resource has in its own file, or remove the patch.',
  reach: 'kustomization',
  *check(root) {
    // Where the build fails, kustomize's own message comes first.
    if (root.rendered === undefined) return;
    const build = buildOf(root);
    const explained = explains(build, root.rendered);
    for (const { layer, patch, candidates, open } of build.sights) {
      // A component is written for several overlays: not each of them has all that it patches.
      if (patch.target === undefined || layer.kind === 'Component' || open) continue;
      const { target } = patch;
      if (candidates.some((candidate) => takes(target, candidate))) continue;
      if (!explained && root.rendered.some((resource) => takes(target, asCandidate(resource)))) continue;
      yield {
        file: layer.file,
        path: [...patch.path, 'target'],
        message: `no resource matches ${described(target)}; ${alternatives(target, candidates)}`,
      };
    }
  },
  passes: {
    'base/kustomization.yaml': `
resources: [topic.yaml]
`,
    'base/topic.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 3, replicas: 1}
`,
    'overlay/kustomization.yaml': `
resources: [../base]
patches:
  - target: {group: kafka.strimzi.io, kind: KafkaTopic, name: orders}
    patch: |
      - op: replace
        path: /spec/replicas
        value: 3
`,
  },
  fails: {
    'base/kustomization.yaml': `
resources: [topic.yaml]
`,
    'base/topic.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 3, replicas: 1}
`,
    'overlay/kustomization.yaml': `
resources: [../base]
patches:
  - target: {group: kafka.strimzi.io, kind: KafkaTopic, name: order}
    patch: |
      - op: replace
        path: /spec/replicas
        value: 3
`,
  },
};

function asCandidate({ apiVersion, kind, name, namespace = 'default' }: { apiVersion: string; kind: string; name: string; namespace?: string }): Candidate {
  const identity = { name, namespace };
  return {
    group: groupOf(apiVersion),
    version: apiVersion.slice(apiVersion.lastIndexOf('/') + 1),
    kind,
    original: identity,
    current: identity,
    labels: undefined,
    annotations: undefined,
    source: undefined,
    hashedBy: undefined,
    renamedBy: undefined,
  };
}

function described(target: ValueMap): string {
  const parts = ['group', 'version', 'kind', 'name', 'namespace', 'labelSelector', 'annotationSelector'].flatMap((field) => {
    const value = textAt(target, field);
    return value ? [`${field} ${value}`] : [];
  });
  return `the target (${parts.join(', ')})`;
}

/** What the author may have meant: what only the namespace, or only the name, keeps from matching; else what there is. */
function alternatives(target: ValueMap, candidates: readonly Candidate[]): string {
  const without = (...fields: readonly string[]) => {
    const loose: ValueMap = Object.fromEntries(Object.entries(target).filter(([field]) => !fields.includes(field)));
    return candidates.filter((candidate) => takes(loose, candidate));
  };
  const elsewhere = without('namespace');
  if (elsewhere.length > 0) return `${named(elsewhere)} is in namespace ${elsewhere[0]?.current.namespace ?? ''} when the patch is applied`;
  const otherwise = without('name');
  if (otherwise.length > 0) return `there is ${named(otherwise)}`;
  const ofOtherGroup = without('group', 'version');
  if (ofOtherGroup.length > 0) return `${named(ofOtherGroup)} is of ${ofOtherGroup[0]?.group ?? ''}/${ofOtherGroup[0]?.version ?? ''}`;
  return candidates.length === 0 ? 'there are no resources' : `there is ${named(candidates)}`;
}

function named(candidates: readonly Candidate[]): string {
  const names = [...new Set(candidates.map(({ kind, current }) => `${kind} ${current.name}`))];
  return names.slice(0, mostNamed).join(', ') + (names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '');
}

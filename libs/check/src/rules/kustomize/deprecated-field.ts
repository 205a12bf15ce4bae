import { hasField } from '../../field.js';
import type { KustomizationRule } from '../../rule.js';
import { layersOf } from '../../sources/kustomization.js';

/** What to write in the place of a field that kustomize warns of. */
const successors: Readonly<Record<string, string>> = {
  bases: 'Move the entries into resources.',
  imageTags: 'Rename the field to images.',
  patchesStrategicMerge: 'Move each entry into patches, as `- path: <file>`.',
  patchesJson6902: 'Move the entries into patches, as they are.',
  commonLabels:
    'Use labels, as `- pairs: {...}`; add includeSelectors: true only where deployed selectors already have these labels, since a selector cannot be changed.',
  vars: 'Use replacements.',
};

export const deprecatedField: KustomizationRule = {
  id: 'kustomize/deprecated-field',
  severity: 'warning',
  title: 'Kustomizations use current fields',
  source: 'R76; kustomize, Kustomization.CheckDeprecatedFields (types/kustomization.go)',
  consequence: 'It builds today, with a warning; the next version of kustomize to drop the field stops every build of this overlay.',
  fix: 'Run `kustomize edit fix` in the folder, and compare what it builds before and after.',
  reach: 'kustomization',
  *check(root) {
    for (const { body, file } of layersOf(root)) {
      for (const [field, fix] of Object.entries(successors)) {
        if (hasField(body, field)) yield { file, path: [field], message: `kustomize has deprecated the field ${field}`, fix };
      }
    }
  },
  passes: {
    'kustomization.yaml': `
resources: [namespace.yaml]
labels: [{pairs: {team: orders}}]
`,
    'namespace.yaml': `
apiVersion: v1
kind: Namespace
metadata: {name: flink}
`,
  },
  fails: {
    'kustomization.yaml': `
resources: [namespace.yaml]
commonLabels: {team: orders}
`,
    'namespace.yaml': `
apiVersion: v1
kind: Namespace
metadata: {name: flink}
`,
  },
};

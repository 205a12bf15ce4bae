import { fieldAt, listAt, mapAt, scalarText } from '../../field.js';
import type { KustomizationRule } from '../../rule.js';
import { layersOf } from '../../sources/kustomization.js';
import { buildOf } from './build.js';

/** Labels that change through the life of a workload, and who changes them. */
const changing: Readonly<Record<string, string>> = {
  'app.kubernetes.io/version': 'changes with every version',
  version: 'changes with every version',
  'helm.sh/chart': 'changes with every version of the chart',
  'app.kubernetes.io/instance': 'is rewritten by Argo CD where it tracks resources by label',
  'argocd.argoproj.io/instance': 'is rewritten by Argo CD where it tracks resources by label',
};

/** Kinds whose selector the API server lets nobody change. */
const withSelector: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

export const selectorLabels: KustomizationRule = {
  id: 'kustomize/selector-labels',
  severity: 'warning',
  title: 'Labels that change stay out of selectors',
  source: 'R49, R76; Kubernetes, apps/v1 (spec.selector is immutable); Argo CD, docs/user-guide/resource_tracking.md',
  consequence: 'The first change of the label is refused by the API server ("field is immutable"), and the workload has to be deleted to go on.',
  fix: 'Put the label into an entry of labels with includeSelectors: false (add includeTemplates: true for the pods).',
  reach: 'kustomization',
  *check(root) {
    for (const layer of layersOf(root)) {
      const workload = (buildOf(root).outputs.get(layer.folder) ?? []).find(({ kind, group }) => group === 'apps' && withSelector.has(kind));
      if (workload === undefined) continue;
      const sets = [
        { path: ['commonLabels'], pairs: mapAt(layer.body, 'commonLabels') },
        ...listAt(layer.body, 'labels').flatMap((entry, index) =>
          fieldAt(entry, 'includeSelectors') === true ? [{ path: ['labels', index, 'pairs'], pairs: mapAt(entry, 'pairs') }] : [],
        ),
      ];
      for (const { path, pairs } of sets) {
        for (const [label, value] of Object.entries(pairs)) {
          const why = Object.hasOwn(changing, label) ? changing[label] : undefined;
          if (why === undefined) continue;
          yield {
            file: layer.file,
            path: [...path, label],
            message: `"${label}: ${scalarText(value) ?? ''}" becomes part of the selector of ${workload.kind} ${workload.current.name}, and ${why}`,
          };
        }
      }
    }
  },
  passes: {
    'kustomization.yaml': `
resources: [app.yaml]
labels:
  - pairs: {app.kubernetes.io/name: app}
    includeSelectors: true
  - pairs: {app.kubernetes.io/version: 1.0.0}
    includeTemplates: true
`,
    'app.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec: {template: {spec: {containers: [{name: app, image: "example.com/app:1.0.0"}]}}}
`,
  },
  fails: {
    'kustomization.yaml': `
resources: [app.yaml]
labels:
  - pairs: {app.kubernetes.io/name: app, app.kubernetes.io/version: 1.0.0}
    includeSelectors: true
`,
    'app.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec: {template: {spec: {containers: [{name: app, image: "example.com/app:1.0.0"}]}}}
`,
  },
};

import { fieldAt, hasField } from '../../field.js';
import { APPLICATION } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { isOwn, isTrunk, sourcesOf } from './applications.js';
import { referredFiles } from '../operators/chart-values.js';

export const valuesFile: ReferenceRule = {
  id: 'argocd/values-file',
  severity: 'error',
  title: 'A values file of another source is there',
  source: 'R64; argo-cd, reposerver/repository.go (getResolvedValueFiles): $<ref>/<path> is a path from the root of the source with that ref',
  consequence: 'Argo CD cannot render the chart: the Application is Unknown and nothing is synced.',
  fix: "Write the path from the repository's root, and `ref: values` into the source that has the file. What need not be there goes with ignoreMissingValueFiles: true.",
  reach: 'references',
  on: [APPLICATION],
  *check(subject, universe) {
    const sources = sourcesOf(subject);
    const { body } = subject.resource;
    const hasRef = sources.some(({ at }) => hasField(body, ...at, 'ref'));
    for (const source of sources) {
      for (const { at, reference, source: named, path } of referredFiles(subject, source)) {
        if (named === undefined) {
          // A variable of Argo CD's build environment may begin a path too.
          if (!hasRef && reference !== '$values') continue;
          if (reference.startsWith('$ARGOCD_') || reference.startsWith('$KUBE_')) continue;
          yield { path: at, message: `no source of this Application has ref: ${reference.slice(1)}` };
          continue;
        }
        if (fieldAt(body, ...source.at, 'helm', 'ignoreMissingValueFiles') === true || /[*?[\]{$]/.test(path)) continue;
        if (universe.repository === undefined || isOwn(named, universe) !== true || !isTrunk(named.targetRevision)) continue;
        if (!universe.repository.exists(path)) yield { path: at, message: `there is no file ${path} in this repository` };
      }
    }
  },
  passes: example('operators/strimzi/values.yaml'),
  fails: example('operators/strimzi/value.yaml'),
};

function example(file: string): Record<string, string> {
  return {
    'argocd/strimzi.yaml': `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: strimzi, namespace: argocd}
spec:
  project: operators
  sources:
    - repoURL: oci://quay.io/strimzi-helm/strimzi-kafka-operator
      path: .
      targetRevision: 1.2.0
      helm: {valueFiles: [$values/${file}]}
    - {repoURL: https://git.acme.example/streaming.git, targetRevision: main, ref: values}
  destination: {server: https://kubernetes.default.svc, namespace: strimzi-operator}
`,
    'operators/strimzi/values.yaml': `
watchNamespaces: [kafka]
`,
  };
}

import { APPLICATION } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { chartNameOf, isOwn, isTrunk, sourcesOf } from './applications.js';

export const sourcePath: ReferenceRule = {
  id: 'argocd/source-path',
  severity: 'error',
  title: 'The path of an Application is a folder of the repository',
  source: 'argo-cd, reposerver/repository.go: "app path does not exist" (ComparisonError)',
  consequence: 'Argo CD cannot make the manifests: the Application is Unknown and nothing is synced.',
  fix: "Write the folder from the repository's root into the path, without a leading slash.",
  reach: 'references',
  on: [APPLICATION],
  *check(subject, universe) {
    const { repository } = universe;
    if (repository === undefined) return;
    for (const source of sourcesOf(subject)) {
      // Globs are a plugin's; another repository is not here to look into, and another branch may have other folders.
      if (source.folder === undefined || chartNameOf(source) !== undefined || isOwn(source, universe) !== true) continue;
      if (/[*?[\]]/.test(source.folder) || !isTrunk(source.targetRevision) || repository.exists(source.folder)) continue;
      yield { path: [...source.at, 'path'], message: `there is no folder ${source.folder} in this repository` };
    }
  },
  passes: pathExample('pipelines/orders'),
  fails: pathExample('pipelines/order'),
};

function pathExample(path: string): Record<string, string> {
  return {
    'argocd/orders.yaml': `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: orders, namespace: argocd}
spec:
  project: team-orders
  source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: ${path}}
  destination: {server: https://kubernetes.default.svc, namespace: kafka}
`,
    'pipelines/orders/topic.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
`,
  };
}

import { posix } from 'node:path';

import { textAt } from '../../field.js';
import { foldersAbove } from '../../folders-above.js';
import { APPLICATION } from '../../kinds.js';
import { isPlaceholder } from '../../placeholder.js';
import type { ReferenceRule } from '../../rule.js';
import { chartNameOf, isOwn, sourcesOf } from './applications.js';
import { matches } from './projects.js';

const ANNOTATION = 'argocd.argoproj.io/manifest-generate-paths';

export const manifestPaths: ReferenceRule = {
  id: 'argocd/manifest-paths',
  severity: 'error',
  title: 'The annotation manifest-generate-paths names every folder that the manifests are made from',
  source:
    'R61; argo-cd, util/app/path/path.go (GetSourceRefreshPaths, AppFilesHaveChanged): separated by ";", from the repository\'s root with a leading slash, else from the path of the source',
  consequence: 'A commit that changes only what is not named is not seen: the cluster keeps what was made before.',
  fix: 'Add the missing folders to the annotation, from the repository\'s root with a leading slash and separated by ";".',
  reach: 'references',
  on: [APPLICATION],
  *check(subject, universe) {
    const { repository } = universe;
    const path = ['metadata', 'annotations', ANNOTATION];
    const annotation = textAt(subject.resource.body, ...path);
    if (repository === undefined || annotation === undefined || annotation === '' || isPlaceholder(annotation)) return;
    const sources = sourcesOf(subject);
    for (const source of sources) {
      const folder = source.folder;
      if (folder === undefined || chartNameOf(source) !== undefined || isOwn(source, universe) === false || !repository.exists(folder)) continue;
      const items = annotation
        .split(';')
        .map((item) => item.trim())
        .filter((item) => item !== '')
        .map((item) => (item.startsWith('/') ? item.slice(1) : posix.join(folder, item)));
      if (items.length === 0) continue;
      const isNamed = (file: string): boolean => items.some((item) => covers(item, file) || covers(item, `${file}/kustomization.yaml`));
      const graph = repository.graphOf(folder);
      const missing = (graph.length === 0 ? [folder] : graph).filter((file) => !isNamed(file));
      // A folder that is missing says it for the files in it.
      const all = new Set(missing);
      const least = missing.filter((file) => !foldersAbove(file).some((folder) => all.has(folder)));
      if (least.length === 0) continue;
      const needed = [...new Set([...annotation.split(';').map((item) => item.trim()), ...least.map((file) => `/${file}`)])];
      yield {
        path,
        message: `the manifests of ${folder} are made from ${least.join(', ')} too, which the annotation does not name`,
        fix: `Write \`${ANNOTATION}: ${needed.join(';')}\`.`,
      };
      return;
    }
  },
  passes: pathsExample('.;/base'),
  fails: pathsExample('.'),
};

/** Whether a changed file under an item makes Argo CD look again: the file itself, all below a folder, or a pattern. */
function covers(item: string, file: string): boolean {
  const folder = posix.normalize(item).replace(/\/$/, '');
  return folder === '.' || folder === '' || file === folder || file.startsWith(`${folder}/`) || (/[*?[]/.test(item) && matches(item, file, '/'));
}

function pathsExample(annotation: string): Record<string, string> {
  return {
    'argocd/orders.yaml': `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: orders
  namespace: argocd
  annotations: {argocd.argoproj.io/manifest-generate-paths: "${annotation}"}
spec:
  project: team-orders
  source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: overlays/prod}
  destination: {server: https://kubernetes.default.svc, namespace: kafka}
`,
    'overlays/prod/kustomization.yaml': `
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [../../base]
`,
    'base/kustomization.yaml': `
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [topic.yaml]
`,
    'base/topic.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
`,
  };
}

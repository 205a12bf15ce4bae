import { isMap, mapAt, textAt, fieldAt } from '../../field.js';
import { APPLICATION } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import { isPlaceholder } from '../../placeholder.js';
import type { ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import { folderOf, normalizedRepository } from './applications.js';

export const hydratedPath: ReferenceRule = {
  id: 'argocd/hydrated-path',
  severity: 'error',
  title: 'Each hydrated Application has a folder of its own on its branch',
  source: 'R65; argo-cd#24457; argo-cd, controller/hydrator (validateApplications): the path is unique and not the root',
  consequence: "One Application's manifests overwrite the other's, and the other is pruned; the hydrator refuses the root of a branch.",
  fix: 'Write a folder that no other Application has into spec.sourceHydrator.syncSource.path.',
  reach: 'references',
  on: [APPLICATION],
  *check(subject, universe) {
    const path = ['spec', 'sourceHydrator', 'syncSource', 'path'];
    const written = textAt(subject.resource.body, ...path);
    if (written === undefined || isPlaceholder(written)) return;
    if (folderOf(written) === '.') {
      yield { path, message: 'the hydrated manifests are written to the root of the branch' };
      return;
    }
    const hydrated = byPlace(universe);
    // The same Application twice is one that is declared twice.
    const other = hydrated.first([placeOf(subject)], ({ resource, namespace }) => resource.name !== subject.resource.name || namespace !== subject.namespace);
    if (other !== undefined && hydrated.isBefore(other, subject))
      yield { path, message: `Application ${other.resource.name} writes its manifests to ${written} of the same branch` };
  },
  passes: hydratedExample('orders'),
  fails: hydratedExample('billing'),
};

/** Applications by where their manifests are written. */
const byPlace = oncePerUniverse(
  (universe) =>
    new OrderedIndex(universe.of(APPLICATION), (application) =>
      isMap(fieldAt(application.resource.body, 'spec', 'sourceHydrator')) ? [placeOf(application)] : [],
    ),
);

function placeOf({ resource, scope }: Subject): string {
  const hydrator = mapAt(resource.body, 'spec', 'sourceHydrator');
  const repoURL = textAt(hydrator, 'syncSource', 'repoURL') ?? textAt(hydrator, 'drySource', 'repoURL') ?? '';
  const [branch, path] = [textAt(hydrator, 'syncSource', 'targetBranch') ?? '', textAt(hydrator, 'syncSource', 'path') ?? ''];
  return [scope, normalizedRepository(repoURL), branch, folderOf(path)].join('\n');
}

function hydratedExample(path: string): string {
  const application = (name: string, to: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  project: streaming
  destination: {server: https://kubernetes.default.svc, namespace: kafka}
  sourceHydrator:
    drySource: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: pipelines/${name}}
    syncSource: {targetBranch: environments/prod, path: ${to}}
`;
  return `${application('billing', 'billing')}---${application('orders', path)}`;
}

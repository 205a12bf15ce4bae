import { textAt } from '../../field.js';
import { APPLICATION, APP_PROJECT } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import { isPlaceholder } from '../../placeholder.js';
import type { ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import { agrees, namespaceKeys } from '../../universe.js';

const PROJECT = ['spec', 'project'] as const;

export const projectExists: ReferenceRule = {
  id: 'argocd/project-exists',
  severity: 'error',
  title: 'An Application names a project that there is',
  source: 'R58; argo-cd, util/argo/argo.go (GetAppProject): InvalidSpecError "Application referencing project ... which does not exist"',
  consequence: 'Argo CD does not sync the Application.',
  fix: 'Write the name of an AppProject into spec.project, or add the AppProject.',
  reach: 'references',
  on: [APPLICATION],
  *check(subject, universe) {
    const path = PROJECT;
    const name = textAt(subject.resource.body, ...path);
    if (!name || name === 'default' || isPlaceholder(name) || universe.named(subject, APP_PROJECT, name, undefined).length > 0) return;
    const projects = universe.near(subject, APP_PROJECT).filter((project) => agrees(project.namespace, subject.namespace));
    const names = new Set(projects.map(({ resource }) => resource.name));
    // Only a run whose Applications take their projects from it is known to have them all.
    const applications = byProject(universe);
    const isUsual = [...names].some((each) => applications.first(keysOf(each, namespaceKeys.looked(subject.namespace), subject)) !== undefined);
    if (!isUsual && !universe.isComplete(subject)) return;
    yield { path, message: `there is no AppProject ${name}; there is ${[...names].join(', ') || 'none'}` };
  },
  passes: projectExample('team-orders'),
  fails: projectExample('team-order'),
};

function projectExample(name: string): string {
  const application = (own: string, project: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${own}, namespace: argocd}
spec:
  project: ${project}
  source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: pipelines/${own}}
  destination: {server: https://kubernetes.default.svc, namespace: kafka}
`;
  return `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: team-orders, namespace: argocd}
spec: {sourceRepos: [https://git.acme.example/streaming.git], destinations: [{server: https://kubernetes.default.svc, namespace: kafka}]}
---${application('order-totals', 'team-orders')}---${application('order-processor', name)}`;
}

/** Applications by the project that they name. */
const byProject = oncePerUniverse(
  (universe) =>
    new OrderedIndex(universe.of(APPLICATION), (application) =>
      keysOf(textAt(application.resource.body, ...PROJECT) ?? '', namespaceKeys.filed(application.namespace), application),
    ),
);

function keysOf(project: string, namespaces: readonly string[], { scope }: Subject): readonly string[] {
  return namespaces.map((namespace) => [scope, namespace, project].join('\n'));
}

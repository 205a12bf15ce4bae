import { listAt, textAt } from '../../field.js';
import { APPLICATION } from '../../kinds.js';
import { isPlaceholder } from '../../placeholder.js';
import type { ReferenceRule } from '../../rule.js';
import { destinationNamespace, deliveriesOf } from './applications.js';
import { projectExample } from './project-example.js';
import { destinationsOf, landsIn, permitsDestination, projectOf } from './projects.js';

export const projectDestination: ReferenceRule = {
  id: 'argocd/project-destination',
  severity: 'error',
  title: 'A project lets its Applications deliver to where they do',
  source: 'R58; argo-cd, app_project_types.go (isDestinationMatched, IsResourcePermitted): a destination that begins with "!" and matches decides',
  consequence: 'Argo CD does not sync the Application: "application destination is not permitted in project", or "namespace ... is not permitted".',
  fix: 'Add server and namespace to spec.destinations of the AppProject, or take the right destination or project.',
  reach: 'references',
  on: [APPLICATION],
  *check(subject, universe) {
    const project = projectOf(subject, universe);
    if (project === undefined) return;
    const listed = listAt(project.resource.body, 'spec', 'destinations');
    if (listed.some((item) => ['server', 'name', 'namespace'].some((field) => isPlaceholder(textAt(item, field) ?? '')))) return;
    const cluster = destinationsOf(subject);
    const written = textAt(subject.resource.body, 'spec', 'destination', 'namespace') ?? '';
    if (isPlaceholder([cluster.server, cluster.name, written].join(' ')) || (cluster.server === undefined && cluster.name === undefined)) return;
    const where = cluster.server ?? cluster.name ?? '';
    if (permitsDestination(project, { ...cluster, namespace: written }) === false) {
      yield {
        path: ['spec', 'destination', written === '' ? 'server' : 'namespace'],
        message: `project ${project.resource.name} does not let anything into ${written === '' ? 'all of' : `namespace ${written} of`} ${where}`,
      };
      return;
    }
    const told = new Set<string>();
    for (const delivered of deliveriesOf(universe).of(subject)) {
      const namespace = landsIn(delivered, subject, universe);
      if (namespace === undefined || namespace === destinationNamespace(subject) || told.has(namespace)) continue;
      if (permitsDestination(project, { ...cluster, namespace }) !== false) continue;
      told.add(namespace);
      yield {
        path: ['spec', 'project'],
        message: `project ${project.resource.name} does not let ${delivered.resource.kind} ${delivered.resource.name} into namespace ${namespace} of ${where}`,
      };
    }
  },
  passes: projectExample(`
sourceRepos: [https://git.acme.example/streaming.git]
destinations: [{server: https://kubernetes.default.svc, namespace: 'kafka*'}]`),
  fails: projectExample(`
sourceRepos: [https://git.acme.example/streaming.git]
destinations: [{server: https://kubernetes.default.svc, namespace: kafka}, {server: https://kubernetes.default.svc, namespace: '!kafka'}]`),
};

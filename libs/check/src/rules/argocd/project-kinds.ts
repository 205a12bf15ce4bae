import { fieldAt, formatPath, isMap } from '../../field.js';
import { APPLICATION } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { deliveriesOf } from './applications.js';
import { projectExample } from './project-example.js';
import { projectOf, refusing } from './projects.js';

export const projectKinds: ReferenceRule = {
  id: 'argocd/project-kinds',
  severity: 'error',
  title: 'A project lets in the kinds that its Applications deliver',
  source:
    'R58; argo-cd, app_project_types.go (IsGroupKindNamePermitted): no namespaceResourceWhitelist lets all in, an empty one nothing; no clusterResourceWhitelist lets nothing in',
  consequence: 'The sync fails: "resource ... is not permitted in project".',
  fix: 'Add group and kind to the list of the AppProject, or move the resource to an Application of another project.',
  reach: 'references',
  on: [APPLICATION],
  *check(subject, universe) {
    const project = projectOf(subject, universe);
    if (project === undefined || !isMap(fieldAt(project.resource.body, 'spec'))) return;
    const told = new Set<string>();
    for (const delivered of deliveriesOf(universe).of(subject)) {
      const list = told.has(delivered.groupKind) ? undefined : refusing(project, delivered, universe);
      if (list === undefined) continue;
      told.add(delivered.groupKind);
      yield {
        path: ['spec', 'project'],
        message: `project ${project.resource.name} does not let in ${delivered.groupKind} (${delivered.resource.name}): see its ${formatPath(list)}`,
        fix: `Add \`{group: "${delivered.group}", kind: ${delivered.resource.kind}}\` to ${list.join('.').replace('Blacklist', 'Whitelist')} of AppProject ${project.resource.name}, and take it out of a blacklist.`,
      };
    }
  },
  passes: projectExample(`
sourceRepos: [https://git.acme.example/streaming.git]
destinations: [{server: https://kubernetes.default.svc, namespace: kafka}]
clusterResourceWhitelist: []
namespaceResourceWhitelist: [{group: kafka.strimzi.io, kind: 'Kafka*'}]`),
  fails: projectExample(`
sourceRepos: [https://git.acme.example/streaming.git]
destinations: [{server: https://kubernetes.default.svc, namespace: kafka}]
clusterResourceWhitelist: []
namespaceResourceWhitelist: [{group: kafka.strimzi.io, kind: KafkaUser}]`),
};

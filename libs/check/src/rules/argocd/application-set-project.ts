import type { Value } from '@millrace/kustomize';

import { isMap, listAt, mapAt, textAt, type FieldPath } from '../../field.js';
import { APPLICATION_SET } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

/** Generators whose parameters come out of a repository that others write to. */
const OF_OTHERS = ['git', 'pullRequest', 'scmProvider'];

export const applicationSetProject: ResourceRule = {
  id: 'argocd/application-set-project',
  severity: 'warning',
  title: 'The project of an ApplicationSet is not filled in from a repository',
  source: 'R59; Argo CD documentation, "ApplicationSet Security" (Admin-only, templated project field)',
  consequence: 'Whoever can write to the repository chooses the project of the Application, and so what it may deliver and where.',
  fix: "Write the project's name into spec.template.spec.project, with one ApplicationSet for each project.",
  reach: 'resource',
  on: [APPLICATION_SET],
  *check({ resource }) {
    const path: FieldPath = ['spec', 'template', 'spec', 'project'];
    const project = textAt(resource.body, ...path);
    if (project === undefined || !project.includes('{{')) return;
    // What a list or a label of a cluster says, an administrator of Argo CD wrote.
    if (listAt(resource.body, 'spec', 'generators').some((generator) => !readsOthers(generator)) || listAt(resource.body, 'spec', 'generators').length === 0)
      return;
    yield { path, message: `the project ${project} is filled in from what a repository says` };
  },
  passes: example('team-orders'),
  fails: example("'{{ .project }}'"),
};

function readsOthers(generator: Value): boolean {
  if (!isMap(generator)) return false;
  if (OF_OTHERS.some((name) => isMap(generator[name]))) return true;
  return ['matrix', 'merge'].some((name) => {
    const inner = listAt(mapAt(generator, name), 'generators');
    return inner.length > 0 && inner.every(readsOthers);
  });
}

function example(project: string): string {
  return `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: pipelines, namespace: argocd}
spec:
  goTemplate: true
  goTemplateOptions: ["missingkey=error"]
  generators: [{git: {repoURL: https://git.acme.example/streaming.git, revision: main, files: [{path: pipelines/*/config.yaml}]}}]
  template:
    metadata: {name: '{{ .path.basename }}'}
    spec:
      project: ${project}
      source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: '{{ .path.path }}'}
      destination: {server: https://kubernetes.default.svc, namespace: kafka}
`;
}

import type { Value } from '@millrace/kustomize';

import { fieldAt, isMap, listAt, mapAt, textAt } from '../../field.js';
import { APPLICATION_SET } from '../../kinds.js';
import { isPlaceholder } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';

/** Generators that ask somebody else, who may answer with nothing. A pull request that is closed is meant to take its Application along. */
const ASKING = ['git', 'clusters', 'scmProvider', 'clusterDecisionResource', 'plugin'];

export const applicationSetDeletion: ResourceRule = {
  id: 'argocd/application-set-deletion',
  severity: 'warning',
  title: 'A generator that finds nothing deletes no Applications',
  source:
    'R59; Argo CD documentation, "Controlling Resource Modification" (applicationsSync) and "Application Pruning & Resource Deletion" (preserveResourcesOnDeletion)',
  consequence:
    'A folder that is renamed, a label of a cluster that is lost or a host that answers with nothing deletes the Applications, with all that they have made.',
  fix: 'Write `applicationsSync: create-update` under spec.syncPolicy, or `preserveResourcesOnDeletion: true` to keep what the Applications have made.',
  reach: 'resource',
  on: [APPLICATION_SET],
  *check({ resource }) {
    const { body } = resource;
    const path = ['spec', 'syncPolicy', 'applicationsSync'];
    const policy = textAt(body, ...path);
    if (policy === 'create-only' || policy === 'create-update' || (policy !== undefined && isPlaceholder(policy))) return;
    if (fieldAt(body, 'spec', 'syncPolicy', 'preserveResourcesOnDeletion') === true) return;
    const asking = listAt(body, 'spec', 'generators').flatMap(askedBy);
    const [first] = asking;
    if (first === undefined || asking.includes('pullRequest')) return;
    yield {
      path,
      message: `applicationsSync is ${policy ?? 'not set, and so sync'}: Applications that the generator ${first} no longer gives are deleted with what they have made`,
    };
  },
  passes: example('applicationsSync: create-update'),
  fails: example('applicationsSync: sync'),
};

/** The generators that ask somebody, of one and those inside it. */
function askedBy(generator: Value): readonly string[] {
  if (!isMap(generator)) return [];
  const inner = ['matrix', 'merge'].flatMap((name) => listAt(mapAt(generator, name), 'generators').flatMap(askedBy));
  return [...[...ASKING, 'pullRequest'].filter((name) => isMap(generator[name])), ...inner];
}

function example(policy: string): string {
  return `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: pipelines, namespace: argocd}
spec:
  goTemplate: true
  goTemplateOptions: ["missingkey=error"]
  generators: [{git: {repoURL: https://git.acme.example/streaming.git, revision: main, files: [{path: pipelines/*/config.yaml}]}}]
  syncPolicy: {${policy}}
  template:
    metadata: {name: '{{ .name }}'}
    spec:
      project: team-orders
      source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: '{{ .path.path }}'}
      destination: {server: https://kubernetes.default.svc, namespace: kafka}
`;
}

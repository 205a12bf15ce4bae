import { fieldAt, textsAt } from '../../field.js';
import { APPLICATION_SET } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const applicationSetKeys: ResourceRule = {
  id: 'argocd/application-set-keys',
  severity: 'warning',
  title: 'A Go template of an ApplicationSet fails on a key that is not there',
  source: 'R59; Argo CD documentation, "Go Template" (goTemplateOptions)',
  consequence: 'A missing key becomes "<no value>" in a name, a path or a namespace: Applications are renamed, and the old ones deleted with what they have.',
  fix: 'Write `goTemplateOptions: ["missingkey=error"]` beside `goTemplate: true`.',
  reach: 'resource',
  on: [APPLICATION_SET],
  *check({ resource }) {
    if (fieldAt(resource.body, 'spec', 'goTemplate') !== true) return;
    const path = ['spec', 'goTemplateOptions'];
    const options = textsAt(resource.body, ...path);
    if (options.includes('missingkey=error')) return;
    yield { path, message: options.length === 0 ? 'a missing key becomes "<no value>"' : `the options ${options.join(', ')} let a missing key pass` };
  },
  passes: example('goTemplateOptions: ["missingkey=error"]'),
  fails: example('goTemplateOptions: []'),
};

function example(options: string): string {
  return `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: pipelines, namespace: argocd}
spec:
  goTemplate: true
  ${options}
  generators: [{git: {repoURL: https://git.acme.example/streaming.git, revision: main, files: [{path: pipelines/*/config.yaml}]}}]
  template:
    metadata: {name: '{{ .name }}'}
    spec:
      project: team-orders
      source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: '{{ .path.path }}'}
      destination: {server: https://kubernetes.default.svc, namespace: kafka}
`;
}

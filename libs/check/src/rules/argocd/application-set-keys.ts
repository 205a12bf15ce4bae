import type { Value } from '@millrace/kustomize';

import { fieldAt, isList, isMap, textsAt } from '../../field.js';
import { APPLICATION_SET } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const applicationSetKeys: ResourceRule = {
  id: 'argocd/application-set-keys',
  severity: 'warning',
  title: 'An ApplicationSet is a Go template that fails on a key that is not there',
  source:
    'R59; Argo CD documentation, "Go Template" (goTemplate, goTemplateOptions); argo-cd, applicationset/utils (fasttemplate leaves an unknown key as it is written)',
  consequence:
    'A missing key becomes "<no value>", or stays as it is written, in a name, a path or a namespace: Applications are renamed, and the old ones deleted with what they have.',
  fix: 'Write `goTemplateOptions: ["missingkey=error"]` beside `goTemplate: true`.',
  reach: 'resource',
  on: [APPLICATION_SET],
  *check({ resource }) {
    const go = ['spec', 'goTemplate'];
    if (fieldAt(resource.body, ...go) !== true) {
      // Without a placeholder there is no key to miss.
      if (!hasPlaceholder(fieldAt(resource.body, 'spec', 'template'))) return;
      yield {
        path: go,
        message: 'goTemplate is not true: a key that is not there stays in the name or the path, as it is written',
        fix: 'Write `goTemplate: true` and `goTemplateOptions: ["missingkey=error"]`, and the keys of the template with a dot: `{{ .name }}`.',
      };
      return;
    }
    const path = ['spec', 'goTemplateOptions'];
    const options = textsAt(resource.body, ...path);
    if (options.includes('missingkey=error')) return;
    yield { path, message: options.length === 0 ? 'a missing key becomes "<no value>"' : `the options ${options.join(', ')} let a missing key pass` };
  },
  passes: example('goTemplateOptions: ["missingkey=error"]'),
  fails: example('goTemplateOptions: []'),
};

function hasPlaceholder(value: Value | undefined): boolean {
  if (typeof value === 'string') return value.includes('{{');
  return (isList(value) ? value : isMap(value) ? Object.values(value) : []).some(hasPlaceholder);
}

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

import type { Value } from '@millrace/kustomize';

import { fieldAt, hasField, listAt, mapAt, textAt, textsAt } from '../../field.js';
import { APPLICATION_SET } from '../../kinds.js';
import { isPlaceholder } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';

export const rollingSync: ResourceRule = {
  id: 'argocd/rolling-sync',
  severity: 'warning',
  title: 'An ApplicationSet that syncs in steps has steps that match, and asks for no automatic sync beside them',
  source: 'R60; Argo CD documentation, "Progressive Syncs" (RollingSync); argo-cd, applicationset_controller.go (buildAppDependencyList)',
  consequence:
    'RollingSync switches the automatic sync of every Application off: nothing heals what is changed in the cluster, and an Application that no step matches is never synced.',
  fix: 'Write steps for the labels of spec.template.metadata.labels, and remove selfHeal; or remove spec.strategy.',
  reach: 'resource',
  on: [APPLICATION_SET],
  *check({ resource }) {
    const { body } = resource;
    if (textAt(body, 'spec', 'strategy', 'type') !== 'RollingSync') return;
    const automated = ['spec', 'template', 'spec', 'syncPolicy', 'automated'];
    if (fieldAt(body, ...automated, 'selfHeal') === true && fieldAt(body, ...automated, 'enabled') !== false) {
      yield {
        path: [...automated, 'selfHeal'],
        message: 'selfHeal is true, but RollingSync switches automatic syncs off: nothing heals',
        fix: 'Remove selfHeal, or remove spec.strategy where the Applications need not wait for each other.',
      };
    }
    const path = ['spec', 'strategy', 'rollingSync', 'steps'];
    const steps = listAt(body, ...path);
    // Labels may come from elsewhere too.
    if (steps.length === 0 || hasField(body, 'spec', 'templatePatch') || listAt(body, 'spec', 'generators').some(hasTemplate)) return;
    const labels = mapAt(body, 'spec', 'template', 'metadata', 'labels');
    const texts = new Map(Object.keys(labels).map((key) => [key, textAt(labels, key)]));
    if (steps.some((step) => mayMatch(step, texts))) return;
    yield {
      path,
      message: `no step matches an Application of the template, whose labels are ${[...texts].map(([key, value]) => `${key}: ${value ?? ''}`).join(', ') || 'none'}: none is ever synced`,
      fix: 'Give the template the label that the steps ask for, or ask for one that it has.',
    };
  },
  passes: example('environment'),
  fails: example('stage'),
};

function hasTemplate(generator: Value): boolean {
  return Object.values(mapAt(generator)).some((inner) => hasField(inner, 'template') || listAt(inner, 'generators').some((nested) => hasTemplate(nested)));
}

/** Whether a step may take Applications with such labels: every expression must hold, and a label that is filled in later may be any. */
function mayMatch(step: Value, labels: ReadonlyMap<string, string | undefined>): boolean {
  return listAt(step, 'matchExpressions').every((expression) => {
    const [key, operator] = [textAt(expression, 'key') ?? '', textAt(expression, 'operator')];
    if (isPlaceholder(key) || [...labels.keys()].some(isPlaceholder)) return true;
    if (!labels.has(key)) return operator !== 'In';
    const value = labels.get(key);
    if (value === undefined || isPlaceholder(value)) return true;
    const isListed = textsAt(expression, 'values').includes(value);
    return operator === 'In' ? isListed : operator === 'NotIn' ? !isListed : true;
  });
}

function example(label: string): string {
  return `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: pipelines, namespace: argocd}
spec:
  goTemplate: true
  goTemplateOptions: ["missingkey=error"]
  generators: [{list: {elements: [{environment: staging}, {environment: prod}]}}]
  strategy:
    type: RollingSync
    rollingSync:
      steps:
        - matchExpressions: [{key: ${label}, operator: In, values: [staging]}]
        - matchExpressions: [{key: ${label}, operator: In, values: [prod]}]
  template:
    metadata: {name: 'orders-{{ .environment }}', labels: {environment: '{{ .environment }}'}}
    spec:
      project: team-orders
      source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: 'pipelines/{{ .environment }}'}
      destination: {server: https://kubernetes.default.svc, namespace: kafka}
`;
}

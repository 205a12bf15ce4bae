import type { Value } from '@millrace/kustomize';

import { fieldAt, hasField, isMap, listAt, textAt, type FieldPath } from '../../field.js';
import { APPLICATION } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { readYaml } from '../../sources/read-yaml.js';

const FIELD = ['webhook', 'keystore', 'useDefaultPassword'] as const;

export const webhookPassword: ResourceRule = {
  id: 'security/webhook-password',
  severity: 'warning',
  title: 'The webhook of the Flink operator does not ask for the password that everybody knows',
  source: 'R43; flink-kubernetes-operator, helm/flink-kubernetes-operator/templates/webhook/secret.yaml',
  consequence: 'The key store of the webhook is kept by a password that stands in the chart, and a Secret with it is in what is rendered.',
  fix: 'Set webhook.keystore.useDefaultPassword: false, and webhook.keystore.passwordSecretRef to a Secret that is made in the cluster.',
  reach: 'resource',
  on: [APPLICATION],
  *check({ resource: { body } }) {
    const sources: readonly FieldPath[] = [['spec', 'source'], ...listAt(body, 'spec', 'sources').map((_source, index) => ['spec', 'sources', index])];
    for (const path of sources) {
      const source = fieldAt(body, ...path);
      if (textAt(source, 'chart') !== 'flink-kubernetes-operator') continue;
      const message = 'webhook.keystore.useDefaultPassword is true';
      if (isDefault(fieldAt(source, 'helm', 'valuesObject'))) yield { path: [...path, 'helm', 'valuesObject', ...FIELD], message };
      const values = readYaml(textAt(source, 'helm', 'values') ?? '');
      if (values.kind === 'read' && isDefault(values.documents[0])) yield { path: [...path, 'helm', 'values'], message };
    }
  },
  passes: `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: flink-operator, namespace: argocd}
spec:
  source:
    chart: flink-kubernetes-operator
    helm: {valuesObject: {webhook: {keystore: {useDefaultPassword: false, passwordSecretRef: {name: webhook, key: password}}}}}
`,
  fails: `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: flink-operator, namespace: argocd}
spec:
  source:
    chart: flink-kubernetes-operator
    helm: {valuesObject: {webhook: {keystore: {useDefaultPassword: true}}}}
`,
};

function isDefault(values: Value | undefined): boolean {
  return isMap(values) && fieldAt(values, 'webhook', 'create') !== false && hasField(values, ...FIELD) && fieldAt(values, ...FIELD) === true;
}

import { APPLICATION } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { chartNameOf, sourcesOf } from '../argocd/applications.js';
import { chartValues } from '../operators/chart-values.js';

const FIELD = ['webhook', 'keystore', 'useDefaultPassword'] as const;

export const webhookPassword: ReferenceRule = {
  id: 'security/webhook-password',
  severity: 'warning',
  title: 'The webhook of the Flink operator does not ask for the password that everybody knows',
  source: 'R43; flink-kubernetes-operator, helm/flink-kubernetes-operator/templates/webhook/secret.yaml',
  consequence: 'The key store of the webhook is kept by a password that stands in the chart, and a Secret with it is in what is rendered.',
  fix: 'Set webhook.keystore.useDefaultPassword: false, and webhook.keystore.passwordSecretRef to a Secret that is made in the cluster.',
  reach: 'references',
  on: [APPLICATION],
  *check(application, universe) {
    for (const source of sourcesOf(application)) {
      if (chartNameOf(source) !== 'flink-kubernetes-operator') continue;
      const values = chartValues(application, source, universe);
      const said = values.at(...FIELD);
      if (said?.value !== true || values.at('webhook', 'create')?.value === false) continue;
      yield { path: said.path, message: 'webhook.keystore.useDefaultPassword is true' };
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

import { inSameCluster, type Environment } from '@millrace/model';

import { kinds, named } from '../argocd/kinds.js';
import type { OperatorHere, OperatorPlan } from './operator.js';

/** External Secrets, which carries credentials into the namespaces of the jobs, and makes the password of Flink's webhook. */
export function externalSecrets({ workspace, environment, settings }: OperatorHere<'external-secrets'>): OperatorPlan {
  const { replicas, resources } = settings;
  const clusterStores = inSameCluster(workspace, environment).some(namesClusterStore);
  return {
    release: 'external-secrets',
    wave: -15,
    values: { replicas, resources, several: replicas > 1, clusterStores },
    webhook: { port: 10250, labels: { 'app.kubernetes.io/name': 'external-secrets-webhook', 'app.kubernetes.io/instance': 'external-secrets' } },
    definitions: '*.external-secrets.io',
    metricsPort: 8080,
    files: [],
    namespaces: [],
    clusterKinds: [
      ...named('external-secrets-*', 'rbac.authorization.k8s.io', 'ClusterRole', 'ClusterRoleBinding'),
      ...named('secretstore-validate', 'admissionregistration.k8s.io', 'ValidatingWebhookConfiguration'),
      ...named('externalsecret-validate', 'admissionregistration.k8s.io', 'ValidatingWebhookConfiguration'),
    ],
    kinds: [
      // The webhook's certificate: the chart makes the Secret empty, the cert controller fills it.
      ...kinds('', 'Secret', 'Service', 'ServiceAccount'),
      ...kinds('apps', 'Deployment'),
      ...kinds('policy', 'PodDisruptionBudget'),
      ...kinds('rbac.authorization.k8s.io', 'Role', 'RoleBinding'),
    ],
  };
}

/** Whether credentials of an environment come from a store of the whole cluster. */
function namesClusterStore({ credentials, externalKafka, schemaRegistry }: Environment): boolean {
  const registry = schemaRegistry?.credentials;
  const stores = [
    ...(typeof credentials === 'string' ? [] : [credentials.vault.secretStore]),
    ...(registry !== undefined && 'secretStore' in registry ? [registry.secretStore] : []),
    ...Object.values(externalKafka).map((kafka) => kafka.credentials.secretStore),
  ];
  return stores.some(({ kind }) => kind === 'ClusterSecretStore');
}

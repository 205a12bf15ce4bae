import { inSameCluster, type Environment } from '@millrace/model';

import { allowed, allowedNamed, type OperatorHere, type OperatorPlan } from './operator.js';

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
      ...allowedNamed('external-secrets-*', 'rbac.authorization.k8s.io', 'ClusterRole', 'ClusterRoleBinding'),
      ...allowedNamed('secretstore-validate', 'admissionregistration.k8s.io', 'ValidatingWebhookConfiguration'),
      ...allowedNamed('externalsecret-validate', 'admissionregistration.k8s.io', 'ValidatingWebhookConfiguration'),
    ],
    kinds: [
      // The webhook's certificate: the chart makes the Secret empty, the cert controller fills it.
      ...allowed('', 'Secret', 'Service', 'ServiceAccount'),
      ...allowed('apps', 'Deployment'),
      ...(replicas > 1 ? allowed('policy', 'PodDisruptionBudget') : []),
      ...allowed('rbac.authorization.k8s.io', 'Role', 'RoleBinding'),
    ],
  };
}

/** Whether credentials of an environment come from a store of the whole cluster. */
function namesClusterStore({ credentials, externalKafka }: Environment): boolean {
  const stores = [
    ...(typeof credentials === 'string' ? [] : [credentials.vault.secretStore]),
    ...Object.values(externalKafka).map((kafka) => kafka.credentials.secretStore),
  ];
  return stores.some(({ kind }) => kind === 'ClusterSecretStore');
}

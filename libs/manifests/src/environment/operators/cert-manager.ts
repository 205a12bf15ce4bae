import { allowed, allowedNamed, type OperatorHere, type OperatorPlan } from './operator.js';

/** cert-manager, which makes the certificate of the Flink operator's webhook. */
export function certManager({ environment, settings }: OperatorHere<'cert-manager'>): OperatorPlan {
  const { namespace, replicas, resources } = settings;
  return {
    release: 'cert-manager',
    wave: -20,
    values: { namespace, replicas, resources, several: replicas > 1, metrics: environment.observability !== undefined },
    webhook: { port: 10250, labels: { 'app.kubernetes.io/name': 'webhook', 'app.kubernetes.io/instance': 'cert-manager' } },
    definitions: '*.cert-manager.io',
    metricsPort: 9402,
    files: [],
    namespaces: [],
    clusterKinds: [
      ...allowedNamed('cert-manager-*', 'rbac.authorization.k8s.io', 'ClusterRole', 'ClusterRoleBinding'),
      ...allowedNamed('cert-manager-webhook', 'admissionregistration.k8s.io', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'),
    ],
    kinds: [
      ...allowed('', 'Service', 'ServiceAccount'),
      ...allowed('apps', 'Deployment'),
      ...(replicas > 1 ? allowed('policy', 'PodDisruptionBudget') : []),
      ...allowed('rbac.authorization.k8s.io', 'Role', 'RoleBinding'),
    ],
  };
}

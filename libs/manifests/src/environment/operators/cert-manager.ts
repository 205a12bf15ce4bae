import { kinds, named } from '../argocd/kinds.js';
import type { OperatorHere, OperatorPlan } from './operator.js';

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
      ...named('cert-manager-*', 'rbac.authorization.k8s.io', 'ClusterRole', 'ClusterRoleBinding'),
      ...named('cert-manager-webhook', 'admissionregistration.k8s.io', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'),
    ],
    kinds: [
      ...kinds('', 'Service', 'ServiceAccount'),
      ...kinds('apps', 'Deployment'),
      ...kinds('policy', 'PodDisruptionBudget'),
      ...kinds('rbac.authorization.k8s.io', 'Role', 'RoleBinding'),
    ],
  };
}

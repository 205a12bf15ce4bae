import { inSameCluster } from '@millrace/model';

import { kinds, named } from '../argocd/kinds.js';
import { leavingKafkas } from '../argocd/leaving.js';
import type { OperatorHere, OperatorPlan } from './operator.js';
import { kafkaNamespaces } from './watched.js';

/** Strimzi's Cluster Operator. Its own namespace is always among those that it watches: the chart adds it. */
export function strimzi({ workspace, environment, settings }: OperatorHere<'strimzi'>): OperatorPlan {
  const { namespace, replicas, resources, watch } = settings;
  const namespaces = watch === 'namespaces' ? kafkaNamespaces(workspace, environment) : [];
  return {
    release: 'strimzi',
    wave: -10,
    values: {
      replicas,
      resources,
      several: replicas > 1,
      watchNamespaces: namespaces.length === 0 ? undefined : namespaces,
      everywhere: watch === 'cluster',
      namespaceLabel: `kubernetes.io/metadata.name=${namespace}`,
    },
    definitions: '*.strimzi.io',
    metricsPort: 8080,
    files: [],
    namespaces: [...kafkaNamespaces(workspace, environment), ...inSameCluster(workspace, environment).flatMap(leavingKafkas)],
    clusterKinds: named('strimzi-*', 'rbac.authorization.k8s.io', 'ClusterRole', 'ClusterRoleBinding'),
    kinds: [
      ...kinds('', 'ConfigMap', 'ServiceAccount'),
      ...kinds('apps', 'Deployment'),
      ...kinds('policy', 'PodDisruptionBudget'),
      ...kinds('rbac.authorization.k8s.io', 'RoleBinding'),
    ],
  };
}

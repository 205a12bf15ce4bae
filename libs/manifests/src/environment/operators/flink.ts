import { createHash } from 'node:crypto';

import { inSameCluster } from '@millrace/model';

import { sorted } from '../../context-values.js';
import { kinds, named } from '../argocd/kinds.js';
import { leavingTeams } from '../argocd/leaving.js';
import type { OperatorHere, OperatorPlan } from './operator.js';
import { jobNamespaces } from './watched.js';

/** Where External Secrets puts the password of the webhook's key store. */
const KEYSTORE_PASSWORD = 'flink-operator-webhook-password';
const METRICS_PORT = 9999;
const PODS = { 'app.kubernetes.io/name': 'flink-kubernetes-operator' };

/** The Flink Kubernetes Operator. */
export function flink(here: OperatorHere<'flink'>): OperatorPlan {
  const { workspace, environment, settings, pin } = here;
  const { namespace, replicas, resources, watch, webhook } = settings;
  const namespaces = watch === 'namespaces' ? jobNamespaces(workspace, environment) : [];
  // To this chart an empty list means every namespace.
  const watchNamespaces = watch === 'namespaces' ? (namespaces.length === 0 ? [namespace] : namespaces) : undefined;
  const several = replicas > 1;
  const configuration = configurationText(here);
  return {
    release: 'flink-kubernetes-operator',
    wave: -10,
    values: {
      image: pin.image ?? { repository: 'ghcr.io/apache/flink-kubernetes-operator', tag: pin.version },
      replicas,
      several,
      resources,
      watchNamespaces,
      webhook,
      keystorePassword: KEYSTORE_PASSWORD,
      metricsPort: environment.observability === undefined ? undefined : METRICS_PORT,
      configuration,
      checksum: createHash('sha256')
        .update(`${configuration}${(watchNamespaces ?? []).join(',')}`)
        .digest('hex'),
    },
    definitions: '*.flink.apache.org',
    ...(webhook ? { webhook: { port: 9443, labels: PODS } } : {}),
    metricsPort: METRICS_PORT,
    files: [
      ...(webhook ? [{ path: 'keystore-password.yaml', template: 'operators/keystore-password', context: { name: KEYSTORE_PASSWORD, namespace } }] : []),
      ...(several
        ? [
            {
              path: 'disruption-budget.yaml',
              template: 'operators/disruption-budget',
              context: { name: 'flink-kubernetes-operator', namespace, labels: PODS },
            },
          ]
        : []),
    ],
    namespaces: [...jobNamespaces(workspace, environment), ...inSameCluster(workspace, environment).flatMap((one) => leavingTeams(one))],
    clusterKinds: [
      ...named('flink-operator*', 'rbac.authorization.k8s.io', 'ClusterRole', 'ClusterRoleBinding'),
      // Between the two parts of the name stands the operator's namespace, that which it is moving out of too.
      ...named('flink-operator-*-webhook-configuration', 'admissionregistration.k8s.io', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'),
    ],
    kinds: [
      ...kinds('', 'ConfigMap', 'Service', 'ServiceAccount'),
      ...kinds('apps', 'Deployment'),
      ...kinds('cert-manager.io', 'Certificate', 'Issuer'),
      ...kinds('external-secrets.io', 'ExternalSecret'),
      ...kinds('generators.external-secrets.io', 'Password'),
      ...kinds('policy', 'PodDisruptionBudget'),
      ...kinds('rbac.authorization.k8s.io', 'Role', 'RoleBinding'),
    ],
  };
}

/** The operator's default configuration, in the one format that its chart reads by default: a line a setting, lists joined by semicolons. */
function configurationText({ environment, settings }: OperatorHere<'flink'>): string {
  const { artifacts, replicas } = settings;
  const lines = sorted({
    // As the chart has them: twice as often as the operator would by itself.
    'kubernetes.operator.reconcile.interval': '15 s',
    'kubernetes.operator.observer.progress-check.interval': '5 s',
    // Pod templates are merged container by container, not by their places in the list (R46).
    'kubernetes.operator.pod-template.merge-arrays-by-name': 'true',
    // The default is a day: the savepoint of an upgrade on Friday would be gone on Monday (R38).
    'kubernetes.operator.savepoint.history.max.age': '7 d',
    'kubernetes.operator.savepoint.history.max.count': '10',
    'kubernetes.operator.user.artifacts.allowed-schemes': artifacts.schemes.join(';'),
    'kubernetes.operator.user.artifacts.disallow-restricted-hosts': String(!artifacts.privateHosts),
    ...(replicas > 1
      ? { 'kubernetes.operator.leader-election.enabled': 'true', 'kubernetes.operator.leader-election.lease-name': 'flink-operator-lease' }
      : {}),
    ...(environment.observability === undefined
      ? {}
      : {
          'kubernetes.operator.metrics.reporter.prom.factory.class': 'org.apache.flink.metrics.prometheus.PrometheusReporterFactory',
          'kubernetes.operator.metrics.reporter.prom.port': String(METRICS_PORT),
        }),
  });
  return Object.entries(lines)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}

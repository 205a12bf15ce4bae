import type { OperatorName } from '@millrace/model';

/** What a chart makes, and where it takes its pods' security contexts from. */
export interface ChartFacts {
  /** What it makes without a namespace: `group/Kind`, and the names. */
  readonly cluster: Readonly<Record<string, readonly string[]>>;
  /** What it makes in namespaces: `group/Kind`, of the core group without a group. */
  readonly kinds: readonly string[];
  readonly pods: readonly PodFacts[];
}

export interface PodFacts {
  readonly labels: Readonly<Record<string, string>>;
  readonly metricsPort: number;
  /** Where it answers the API server, if it does. */
  readonly webhookPort?: number;
  readonly containers: readonly ContainerFacts[];
}

/** A container's security context: what the chart says by itself, and where the values of the pod's and of its own are, which win. */
export interface ContainerFacts {
  readonly itself: Readonly<Record<string, unknown>>;
  readonly values: readonly (readonly string[])[];
}

/** What the restricted pod security standard asks of a container (Kubernetes documentation, "Pod Security Standards"). */
export const RESTRICTED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

const CLUSTER_ROLES = 'rbac.authorization.k8s.io/ClusterRole';
const CLUSTER_ROLE_BINDINGS = 'rbac.authorization.k8s.io/ClusterRoleBinding';
const ROLES = ['rbac.authorization.k8s.io/Role', 'rbac.authorization.k8s.io/RoleBinding'];
const MUTATING = 'admissionregistration.k8s.io/MutatingWebhookConfiguration';
const VALIDATING = 'admissionregistration.k8s.io/ValidatingWebhookConfiguration';

const certManagerPod = (name: string, component: string, at: readonly string[]) => ({
  labels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': 'cert-manager', 'app.kubernetes.io/component': component },
  metricsPort: 9402,
  containers: [
    {
      itself: RESTRICTED,
      values: [
        [...at, 'securityContext'],
        [...at, 'containerSecurityContext'],
      ],
    },
  ],
});

const certManagerBindings = [
  ...['cainjector', 'webhook:subjectaccessreviews'].map((name) => `cert-manager-${name}`),
  ...['approve:cert-manager-io', 'certificates', 'certificatesigningrequests', 'challenges', 'clusterissuers', 'ingress-shim', 'issuers', 'orders'].map(
    (name) => `cert-manager-controller-${name}`,
  ),
];

const certManager: ChartFacts = {
  cluster: {
    [CLUSTER_ROLES]: [...certManagerBindings, 'cert-manager-cluster-view', 'cert-manager-edit', 'cert-manager-view'],
    [CLUSTER_ROLE_BINDINGS]: certManagerBindings,
    [MUTATING]: ['cert-manager-webhook'],
    [VALIDATING]: ['cert-manager-webhook'],
  },
  kinds: ['Service', 'ServiceAccount', 'apps/Deployment', 'policy/PodDisruptionBudget', ...ROLES],
  pods: [
    certManagerPod('cert-manager', 'controller', []),
    certManagerPod('cainjector', 'cainjector', ['cainjector']),
    { ...certManagerPod('webhook', 'webhook', ['webhook']), webhookPort: 10250 },
  ],
};

const externalSecretsPod = (name: string, at: readonly string[]) => ({
  labels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': 'external-secrets' },
  metricsPort: 8080,
  containers: [
    {
      itself: RESTRICTED,
      values: [
        [...at, 'podSecurityContext'],
        [...at, 'securityContext'],
      ],
    },
  ],
});

const externalSecrets: ChartFacts = {
  cluster: {
    [CLUSTER_ROLES]: ['external-secrets-cert-controller', 'external-secrets-controller', 'external-secrets-edit', 'external-secrets-view'],
    [CLUSTER_ROLE_BINDINGS]: ['external-secrets-cert-controller', 'external-secrets-controller'],
    [VALIDATING]: ['externalsecret-validate', 'secretstore-validate'],
  },
  kinds: ['Secret', 'Service', 'ServiceAccount', 'apps/Deployment', 'policy/PodDisruptionBudget', ...ROLES],
  pods: [
    externalSecretsPod('external-secrets', []),
    externalSecretsPod('external-secrets-cert-controller', ['certController']),
    { ...externalSecretsPod('external-secrets-webhook', ['webhook']), webhookPort: 10250 },
  ],
};

const strimzi = (itself: ContainerFacts['itself']): ChartFacts => ({
  cluster: {
    [CLUSTER_ROLES]: [
      ...['global', 'leader-election', 'namespaced', 'watched'].map((name) => `strimzi-cluster-operator-${name}`),
      'strimzi-entity-operator',
      'strimzi-kafka-broker',
      'strimzi-kafka-client',
    ],
    [CLUSTER_ROLE_BINDINGS]: [
      'strimzi-cluster-operator',
      ...['entity-operator-delegation', 'kafka-broker-delegation', 'kafka-client-delegation', 'namespaced', 'watched'].map(
        (name) => `strimzi-cluster-operator-${name}`,
      ),
    ],
  },
  kinds: ['ConfigMap', 'ServiceAccount', 'apps/Deployment', 'policy/PodDisruptionBudget', 'rbac.authorization.k8s.io/RoleBinding'],
  pods: [
    {
      labels: { name: 'strimzi-cluster-operator', 'strimzi.io/kind': 'cluster-operator' },
      metricsPort: 8080,
      containers: [{ itself, values: [['podSecurityContext'], ['securityContext']] }],
    },
  ],
});

const flink: ChartFacts = {
  cluster: {
    [CLUSTER_ROLES]: ['flink-operator'],
    [CLUSTER_ROLE_BINDINGS]: ['flink-operator-role-binding'],
    [MUTATING]: ['flink-operator-flink-operator-webhook-configuration'],
    [VALIDATING]: ['flink-operator-flink-operator-webhook-configuration'],
  },
  kinds: ['ConfigMap', 'Service', 'ServiceAccount', 'apps/Deployment', 'cert-manager.io/Certificate', 'cert-manager.io/Issuer', ...ROLES],
  pods: [
    {
      labels: { 'app.kubernetes.io/name': 'flink-kubernetes-operator' },
      metricsPort: 9999,
      webhookPort: 9443,
      containers: ['operatorSecurityContext', 'webhookSecurityContext'].map((own) => ({ itself: {}, values: [['podSecurityContext'], [own]] })),
    },
  ],
};

/**
 * What each version of a chart makes of the values that Millrace tells it, as `helm template <release> --namespace <namespace>
 * --skip-crds --values values.yaml` renders it from the project's own sources. All settings together: one pod and several, either
 * `watch`, with and without the webhook, observed or not. A new version is rendered before it gets a line here.
 */
export const charts: Readonly<Record<OperatorName, Readonly<Record<string, ChartFacts>>>> = {
  'cert-manager': {
    '1.20.3': certManager,
    // Rendered from 1.21.1, which is without a Role of 1.20: the newest of its sources that were at hand.
    '1.21.2': certManager,
  },
  'external-secrets': { '2.9.0': externalSecrets },
  // The restricted context is in its values from 1.2.0 on (CHANGELOG).
  strimzi: { '1.1.0': strimzi({}), '1.2.0': strimzi(RESTRICTED) },
  flink: { '1.15.0': flink },
};

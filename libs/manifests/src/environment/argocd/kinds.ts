/** A kind of the Kubernetes API that an AppProject allows in its namespaces. */
export interface Kind {
  readonly group: string;
  readonly kind: string;
}

/** A kind without a namespace that an AppProject allows, for objects of a name, or of a pattern of names. */
export interface NamedKind extends Kind {
  readonly name: string;
}

/** Several kinds of one group. */
export const kinds = (group: string, ...names: readonly string[]): readonly Kind[] => names.map((kind) => ({ group, kind }));

/** The same for objects of one name that have no namespace. */
export const named = (name: string, group: string, ...names: readonly string[]): readonly NamedKind[] => names.map((kind) => ({ group, kind, name }));

/**
 * What follows is the same whatever an environment declares. What a project no longer allows Argo CD drops from view, and
 * never prunes (argo-cd, controller/state.go, IsLiveResourcePermitted): a project that shrank with what it has made would
 * leave that behind for ever.
 */

/** What a team's own Applications may make, one project for each namespace: in the Kafka namespace nothing that runs code (R58). */
export const TEAM_KAFKA_KINDS = kinds('kafka.strimzi.io', 'KafkaTopic', 'KafkaUser');
export const TEAM_FLINK_KINDS = [...kinds('external-secrets.io', 'ExternalSecret'), ...kinds('flink.apache.org', 'FlinkDeployment', 'FlinkSessionJob')];

/** What the platform's Applications of an environment can make. */
export const PLATFORM_KINDS = [
  ...kinds('', 'ConfigMap', 'Secret', 'ServiceAccount'),
  ...kinds('external-secrets.io', 'ExternalSecret', 'SecretStore'),
  ...kinds('flink.apache.org', 'FlinkDeployment'),
  ...kinds('kafka.strimzi.io', 'Kafka', 'KafkaNodePool', 'KafkaRebalance'),
  ...kinds('networking.k8s.io', 'NetworkPolicy'),
  ...kinds('rbac.authorization.k8s.io', 'Role', 'RoleBinding'),
];

/** What Prometheus' operator reads. */
export const OBSERVABILITY_KINDS = kinds('monitoring.coreos.com', 'PodMonitor', 'PrometheusRule');

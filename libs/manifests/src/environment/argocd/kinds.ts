import { declaredKafkas, type Environment } from '@millrace/model';

/** A kind of the Kubernetes API, as an AppProject names it. */
export interface Kind {
  readonly group: string;
  readonly kind: string;
}

/** Several kinds of one group. */
export const kinds = (group: string, ...names: readonly string[]): readonly Kind[] => names.map((kind) => ({ group, kind }));

/** What a team's own Applications may make, one project for each namespace: in the Kafka namespace nothing that runs code (R58). */
export const KAFKA_KINDS = kinds('kafka.strimzi.io', 'KafkaTopic', 'KafkaUser');
export const FLINK_KINDS = {
  session: [...kinds('external-secrets.io', 'ExternalSecret'), ...kinds('flink.apache.org', 'FlinkSessionJob')],
  application: [...kinds('external-secrets.io', 'ExternalSecret'), ...kinds('flink.apache.org', 'FlinkDeployment')],
};
const PLATFORM_KINDS = [
  ...kinds('', 'Secret', 'ServiceAccount'),
  ...kinds('external-secrets.io', 'SecretStore'),
  ...kinds('flink.apache.org', 'FlinkDeployment'),
  ...kinds('kafka.strimzi.io', 'Kafka', 'KafkaNodePool'),
  ...kinds('networking.k8s.io', 'NetworkPolicy'),
  ...kinds('rbac.authorization.k8s.io', 'Role', 'RoleBinding'),
];

/** What a vault, or a schema registry, adds to that. */
function credentialKinds({ credentials, schemaRegistry }: Environment): readonly Kind[] {
  const external = credentials !== 'external-secrets' || schemaRegistry?.credentials !== undefined;
  const open = schemaRegistry !== undefined && schemaRegistry.credentials === undefined;
  return [...(external ? kinds('external-secrets.io', 'ExternalSecret') : []), ...(open ? kinds('', 'ConfigMap') : [])];
}

/** What Cruise Control adds: what its metrics are called, and how it rebalances. */
function cruiseControlKinds(environment: Environment): readonly Kind[] {
  const all = declaredKafkas(environment).flatMap(({ kafka }) => kafka.cruiseControl ?? []);
  const metrics = all.length > 0 && environment.observability !== undefined;
  return [...(metrics ? kinds('', 'ConfigMap') : []), ...(all.some(({ autoRebalance }) => autoRebalance) ? kinds('kafka.strimzi.io', 'KafkaRebalance') : [])];
}

/** What the platform's Applications of an environment make, each kind once. */
export function platformKinds(environment: Environment): readonly Kind[] {
  return distinct([...PLATFORM_KINDS, ...credentialKinds(environment), ...cruiseControlKinds(environment)]);
}

function distinct(all: readonly Kind[]): readonly Kind[] {
  return [...new Map(all.map((one) => [`${one.group}/${one.kind}`, one])).values()];
}

/** What Prometheus' operator reads. */
export const OBSERVABILITY_KINDS = kinds('monitoring.coreos.com', 'PodMonitor', 'PrometheusRule');

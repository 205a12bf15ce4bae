import {
  applicationName,
  clusterPart,
  declaredKafkas,
  environmentFile,
  environmentFolder,
  type Environment,
  type Observability,
  type PatchFile,
  type Workspace,
} from '@millrace/model';

import { manifestsIn, sorted, unlessEmpty, type Manifest } from '../file.js';
import { checkpoints } from '../flink/checkpoints.js';
import { kustomizationContext } from '../kustomization.js';
import { teamNamespaces } from './namespaces.js';
import type { Alert } from './observability/alert.js';
import { argocdAlerts } from './observability/argocd-alerts.js';
import { flinkAlerts } from './observability/flink-alerts.js';
import { flinkOperatorAlerts } from './observability/flink-operator-alerts.js';
import { kafkaAlerts } from './observability/kafka-alerts.js';
import { strimziAlerts } from './observability/strimzi-alerts.js';

/** What Prometheus watches: pods, at which of their ports, and what is worth waking somebody for. */
interface Watched {
  /** Part of the names of its PodMonitor and PrometheusRule, and of their files. */
  readonly part: string;
  readonly namespaces: readonly string[];
  readonly selector: Readonly<Record<string, string>>;
  /** Labels of the pods that its metrics get. */
  readonly targetLabels?: readonly string[];
  /** Names of container ports: a pod without one is not asked there. None where somebody else tells Prometheus of the pods. */
  readonly ports: readonly string[];
  readonly alerts: readonly Alert[];
}

/** Whether Prometheus is told anything about an environment. */
export function observed<E extends Environment>(environment: E): environment is E & { readonly observability: Observability } {
  const { observability } = environment;
  return observability !== undefined && (observability.podMonitors || observability.rules);
}

/**
 * The overlay of what Prometheus is told (R19, R82): in its own namespace, where it looks without being told to, and with the
 * environment in each name, since environments may share it.
 */
export function observability(workspace: Workspace, environment: Environment, own: readonly PatchFile[]): readonly Manifest[] {
  if (!observed(environment)) return [];
  const { environment: name, layout } = environment;
  const { namespace, labels, podMonitors, rules, runbooks } = environment.observability;
  const folder = `${environmentFolder(name)}/observability`;
  const manifest = manifestsIn(folder, environmentFile(name), layout);
  const common = (part: string) => ({ name: applicationName(name, part), labels: unlessEmpty(sorted(labels)) });
  const files = watched(workspace, environment).flatMap(({ part, alerts, targetLabels, ...pods }) => [
    ...(podMonitors && pods.ports.length > 0 ? [manifest(`pods-${part}.yaml`, 'observability/pod-monitor', { ...common(part), ...pods, targetLabels })] : []),
    ...(rules
      ? [
          manifest(`rules-${part}.yaml`, 'observability/prometheus-rule', {
            ...common(part),
            alerts: alerts.map(({ meaning, first, ...alert }) => ({
              ...alert,
              environment: name,
              description: `${meaning}\n${first}`,
              runbook: runbooks === undefined ? undefined : `${runbooks.replace(/\/$/, '')}/${alert.alert}`,
            })),
          }),
        ]
      : []),
  ]);
  const kustomization = kustomizationContext({ namespace, resources: files.map(({ path }) => path.slice(folder.length + 1)), own: { folder, patches: own } });
  return [manifest('kustomization.yaml', 'kustomization', kustomization), ...files];
}

function watched(workspace: Workspace, environment: Environment): readonly Watched[] {
  const { cluster, operators } = environment;
  const teams = teamNamespaces(workspace, environment);
  // Operators are watched by the environment that manages them: they are there once for all that share the cluster.
  const manages = (operator: { readonly managed: boolean }) => cluster.operators === 'managed' && operator.managed;
  return [
    ...declaredKafkas(environment).map(({ name, kafka }) => ({
      part: clusterPart(name),
      namespaces: [kafka.namespace],
      selector: { 'strimzi.io/cluster': kafka.cluster, 'strimzi.io/kind': 'Kafka' },
      targetLabels: ['strimzi.io/cluster', 'strimzi.io/name', 'strimzi.io/pool-name'],
      // Brokers, controllers and Cruise Control; Topic Operator; User Operator (R19: the names since Strimzi 1.1).
      ports: ['tcp-prometheus', 'healthcheck-to', 'healthcheck-uo'],
      alerts: kafkaAlerts(kafka),
    })),
    ...(manages(operators.strimzi)
      ? [
          {
            part: 'strimzi-operator',
            namespaces: [operators.strimzi.namespace],
            selector: { 'strimzi.io/kind': 'cluster-operator' },
            ports: ['http'],
            alerts: strimziAlerts(operators.strimzi.namespace),
          },
        ]
      : []),
    ...(teams.length === 0
      ? []
      : [
          {
            part: 'flink',
            namespaces: teams,
            selector: { type: 'flink-native-kubernetes' },
            targetLabels: ['app', 'component'],
            ports: ['metrics'],
            alerts: flinkAlerts(teams, checkpoints(workspace, environment.environment)),
          },
        ]),
    ...(manages(operators.flink)
      ? [
          {
            part: 'flink-operator',
            namespaces: [operators.flink.namespace],
            selector: { 'app.kubernetes.io/name': 'flink-kubernetes-operator' },
            ports: ['metrics'],
            alerts: flinkOperatorAlerts(operators.flink.namespace),
          },
        ]
      : []),
    // Argo CD is its owner's to install, and to watch.
    { part: 'argocd', namespaces: [], selector: {}, ports: [], alerts: argocdAlerts(environment.environment) },
  ];
}

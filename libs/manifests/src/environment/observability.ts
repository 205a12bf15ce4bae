import {
  applicationName,
  clusterPart,
  declaredKafkas,
  environmentFile,
  environmentFolder,
  keptOperator,
  operatorNames,
  type Environment,
  type Observability,
  type OperatorName,
  type Workspace,
} from '@millrace/model';

import { sorted, unlessEmpty } from '../context-values.js';
import { manifestsIn, type Manifest } from '../file.js';
import { checkpoints } from '../flink/checkpoints.js';
import { overlay, type PatchesOf } from '../kustomization.js';
import { teamNamespaces } from './namespaces.js';
import type { Alert } from './observability/alert.js';
import { argocdAlerts } from './observability/argocd-alerts.js';
import { certManagerAlerts } from './observability/cert-manager-alerts.js';
import { externalSecretsAlerts } from './observability/external-secrets-alerts.js';
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

/** What an environment says of Prometheus, where it is told anything. */
export function observes(workspace: Workspace, environment: Environment): Observability | undefined {
  const { observability } = environment;
  if (observability === undefined) return undefined;
  const { podMonitors, rules } = observability;
  return watched(workspace, environment).some(({ ports }) => rules || (podMonitors && ports.length > 0)) ? observability : undefined;
}

/**
 * The overlay of what Prometheus is told (R19, R82): in its own namespace, where it looks without being told to, and with the
 * environment in each name, since environments may share it.
 */
export function observability(workspace: Workspace, environment: Environment, patchesOf: PatchesOf): readonly Manifest[] {
  const told = observes(workspace, environment);
  if (told === undefined) return [];
  const { environment: name, layout } = environment;
  const { namespace, labels, podMonitors, rules, runbooks } = told;
  const folder = `${environmentFolder(name)}/observability`;
  const manifest = manifestsIn(folder, environmentFile(name), layout);
  const common = (part: string) => ({ name: applicationName(name, part), labels: unlessEmpty(sorted(labels)) });
  const resources = watched(workspace, environment).flatMap(({ part, alerts, targetLabels, ...pods }) => [
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
  return overlay(manifest, { folder, namespace, resources }, patchesOf);
}

function watched(workspace: Workspace, environment: Environment): readonly Watched[] {
  const teams = teamNamespaces(workspace, environment);
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
    // Operators are watched by the environment that keeps them: they are there once for all that share the cluster.
    ...operatorNames.flatMap((name) => {
      const kept = keptOperator(environment, name);
      return kept === undefined ? [] : [{ part: `${name}-operator`, namespaces: [kept.namespace], ...OPERATORS[name](kept.namespace) }];
    }),
    // Argo CD is its owner's to install, and to watch.
    { part: 'argocd', namespaces: [], selector: {}, ports: [], alerts: argocdAlerts(environment.environment) },
  ];
}

/** The pods of the operators that act, by the labels and ports of their charts. */
const OPERATORS: Readonly<Record<OperatorName, (namespace: string) => Pick<Watched, 'selector' | 'ports' | 'alerts'>>> = {
  'cert-manager': (namespace) => ({
    selector: { 'app.kubernetes.io/name': 'cert-manager' },
    ports: ['http-metrics'],
    alerts: certManagerAlerts(namespace),
  }),
  'external-secrets': (namespace) => ({
    selector: { 'app.kubernetes.io/name': 'external-secrets' },
    ports: ['metrics'],
    alerts: externalSecretsAlerts(namespace),
  }),
  strimzi: (namespace) => ({ selector: { 'strimzi.io/kind': 'cluster-operator' }, ports: ['http'], alerts: strimziAlerts(namespace) }),
  flink: (namespace) => ({
    selector: { 'app.kubernetes.io/name': 'flink-kubernetes-operator' },
    ports: ['metrics'],
    alerts: flinkOperatorAlerts(namespace),
  }),
};

import {
  clusterPart,
  environmentFile,
  environmentFolder,
  kafkaVersions,
  platform,
  type DeclaredKafka,
  type Environment,
  type Kafka,
  type Workspace,
} from '@millrace/model';

import { unlessEmpty } from '../context-values.js';
import { manifestsIn, type Manifest } from '../file.js';
import { overlay, type PatchesOf } from '../kustomization.js';
import { brokerConfig } from './kafka/broker-config.js';
import { listeners } from './kafka/listeners.js';
import { nodePools } from './kafka/node-pools.js';

/** The ConfigMap that tells the JMX exporter of Cruise Control what to show (R19): Strimzi's own reporter does not run there. */
function cruiseControlMetricsName(cluster: string): string {
  return `${cluster}-cruise-control-metrics`;
}

/** The overlay of one Kafka cluster of an environment: the Kafka, its node pools, and what goes with Cruise Control. */
export function kafkaPlatform(workspace: Workspace, environment: Environment, { name, kafka }: DeclaredKafka, patchesOf: PatchesOf): readonly Manifest[] {
  const folder = `${environmentFolder(environment.environment)}/${clusterPart(name)}`;
  const manifest = manifestsIn(folder, environmentFile(environment.environment), environment.layout);
  const { cluster, namespace, cruiseControl } = kafka;
  const metrics = environment.observability !== undefined;
  const cruiseControlMetrics = cruiseControl !== undefined && metrics ? cruiseControlMetricsName(cluster) : undefined;

  const resources = [
    manifest('kafka.yaml', 'kafka/kafka', kafkaContext(workspace, environment, kafka, cruiseControlMetrics)),
    ...nodePools(kafka).map((context) => manifest(`pool-${context.pool}.yaml`, 'kafka/node-pool', context)),
    ...(cruiseControl === undefined ? [] : [manifest('cruise-control-access.yaml', 'kafka/cruise-control-access', cruiseControlAccess(cluster))]),
    ...(cruiseControl?.autoRebalance === true
      ? [manifest('auto-rebalance.yaml', 'kafka/auto-rebalance', { cluster, replicationThrottle: cruiseControl.replicationThrottle })]
      : []),
    ...(cruiseControlMetrics === undefined ? [] : [manifest('cruise-control-metrics.yaml', 'kafka/cruise-control-metrics', { cruiseControlMetrics })]),
  ];
  return overlay(manifest, { folder, namespace, resources }, patchesOf);
}

/** Lets the Topic Operator reach Cruise Control (CruiseControl.java, generateNetworkPolicy; NetworkPolicyUtils.java). */
function cruiseControlAccess(cluster: string) {
  return { access: `${cluster}-cruise-control-access`, cluster, cruiseControl: `${cluster}-cruise-control`, entityOperator: `${cluster}-entity-operator` };
}

function kafkaContext(workspace: Workspace, environment: Environment, kafka: Kafka, cruiseControlMetrics: string | undefined) {
  const { cluster, rack, quotas, certificates, resources, superUsers, maintenanceTimeWindows } = kafka;
  return {
    cluster,
    ...kafkaVersions(platform(environment.platform), kafka),
    rack,
    listeners: listeners(workspace, environment, kafka),
    superUsers: unlessEmpty(superUsers),
    ...brokerConfig(kafka),
    kafkaQuotas: quotas && quotasContext(quotas),
    metrics: environment.observability !== undefined,
    topicOperator: operatorResources(resources.topicOperator),
    userOperator: operatorResources(resources.userOperator),
    cruiseControl: cruiseControlContext(kafka, cruiseControlMetrics),
    clusterCa: certificates?.clusterCa,
    clientsCa: certificates?.clientsCa,
    maintenanceTimeWindows: unlessEmpty(maintenanceTimeWindows),
  };
}

function quotasContext(quotas: NonNullable<Kafka['quotas']>) {
  const { producerByteRate, consumerByteRate, minAvailableBytesPerVolume, minAvailableRatioPerVolume, excludedPrincipals } = quotas;
  // A user of SCRAM-SHA-512 is User:<name> to the quotas, where superUsers take the bare name (R14).
  const principals = excludedPrincipals.map((user) => `User:${user}`);
  return { producerByteRate, consumerByteRate, minAvailableBytesPerVolume, minAvailableRatioPerVolume, excludedPrincipals: unlessEmpty(principals) };
}

/**
 * What an operator of the cluster asks for. By default half of what Strimzi's documentation shows: with nothing, it is the first to go when
 * a node runs out of memory.
 */
function operatorResources(declared: Kafka['resources']['topicOperator']) {
  return declared === undefined ? { memory: '256Mi', cpu: '100m', memoryLimit: undefined } : { ...declared, memoryLimit: declared.memory };
}

function cruiseControlContext({ cruiseControl }: Kafka, metrics: string | undefined) {
  if (cruiseControl === undefined) return undefined;
  const { resources, autoRebalance } = cruiseControl;
  return { unset: resources === undefined && !autoRebalance && metrics === undefined, resources, autoRebalance, metrics };
}

import {
  clusterPart,
  environmentFile,
  environmentFolder,
  kafkaVersions,
  platform,
  type DeclaredKafka,
  type Environment,
  type Workspace,
} from '@millrace/model';

import { manifestsIn, type Manifest } from '../file.js';
import { kustomizationContext, type PatchesOf } from '../kustomization.js';
import { brokerConfig } from './kafka/broker-config.js';
import { listeners } from './kafka/listeners.js';
import { networkPolicyPeers } from './kafka/network-policy-peers.js';
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

  const files = [
    manifest('kafka.yaml', 'kafka/kafka', { ...kafkaContext(workspace, environment, kafka), cruiseControlMetrics }),
    ...nodePools(kafka).map((context) => manifest(`pool-${context.pool}.yaml`, 'kafka/node-pool', context)),
    ...(cruiseControl === undefined ? [] : [manifest('cruise-control-access.yaml', 'kafka/cruise-control-access', cruiseControlAccess(cluster))]),
    ...(cruiseControl?.autoRebalance === true
      ? [manifest('auto-rebalance.yaml', 'kafka/auto-rebalance', { cluster, replicationThrottle: cruiseControl.replicationThrottle })]
      : []),
    ...(cruiseControlMetrics === undefined ? [] : [manifest('cruise-control-metrics.yaml', 'kafka/cruise-control-metrics', { cruiseControlMetrics })]),
  ];
  const kustomization = kustomizationContext({
    namespace,
    resources: files.map(({ path }) => path.slice(folder.length + 1)),
    own: { folder, patches: patchesOf(folder) },
  });
  return [manifest('kustomization.yaml', 'kustomization', kustomization), ...files];
}

/** Lets the Topic Operator reach Cruise Control (CruiseControl.java, generateNetworkPolicy; NetworkPolicyUtils.java). */
function cruiseControlAccess(cluster: string) {
  return { access: `${cluster}-cruise-control-access`, cluster, cruiseControl: `${cluster}-cruise-control`, entityOperator: `${cluster}-entity-operator` };
}

function kafkaContext(workspace: Workspace, environment: Environment, kafka: DeclaredKafka['kafka']) {
  const { cluster, rack, cruiseControl, quotas, certificates, resources, superUsers, maintenanceTimeWindows } = kafka;
  const { version, metadataVersion } = kafkaVersions(platform(environment.platform), kafka);
  const metrics = environment.observability !== undefined;
  return {
    cluster,
    version,
    metadataVersion,
    rack,
    peers: networkPolicyPeers(workspace, environment, kafka),
    listeners: listeners(kafka),
    superUsers: unlessNone(superUsers),
    ...brokerConfig(kafka),
    metrics,
    quotas: quotas !== undefined,
    producerByteRate: quotas?.producerByteRate,
    consumerByteRate: quotas?.consumerByteRate,
    minAvailableBytesPerVolume: quotas?.minAvailableBytesPerVolume,
    minAvailableRatioPerVolume: quotas?.minAvailableRatioPerVolume,
    // A user of SCRAM-SHA-512 is User:<name> to the quotas, where superUsers take the bare name (R14).
    excludedPrincipals: unlessNone(quotas?.excludedPrincipals.map((user) => `User:${user}`) ?? []),
    topicOperator: resources.topicOperator,
    userOperator: resources.userOperator,
    cruiseControl: cruiseControl !== undefined,
    cruiseControlDefault: cruiseControl?.resources === undefined && cruiseControl?.autoRebalance !== true && !metrics,
    cruiseControlResources: cruiseControl?.resources,
    autoRebalance: cruiseControl?.autoRebalance === true,
    clusterCa: certificates?.clusterCa,
    clientsCa: certificates?.clientsCa,
    maintenanceTimeWindows: unlessNone(maintenanceTimeWindows),
  };
}

/** An empty list as no list: a template's `if` takes none for false, but a key without a value is null. */
function unlessNone<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length === 0 ? undefined : items;
}

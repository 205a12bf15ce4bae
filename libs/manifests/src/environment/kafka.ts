import { environmentFile, environmentFolder, kafkaVersions, platform, type Environment, type Kafka, type PatchFile } from '@millrace/model';

import { manifestsIn, type Manifest } from '../file.js';
import { kustomizationContext } from '../kustomization.js';

/** The overlay of an environment's Kafka cluster: its namespace, the Kafka, its node pools. */
export function kafkaPlatform(environment: Environment, kafka: Kafka, own: readonly PatchFile[]): readonly Manifest[] {
  const folder = `${environmentFolder(environment.environment)}/kafka`;
  const manifest = manifestsIn(folder, environmentFile(environment.environment), environment.layout);
  const { cluster, namespace, brokers, controllers } = kafka;
  const { version, metadataVersion } = kafkaVersions(platform(environment.platform), kafka);
  const replicationFactor = Math.min(3, brokers.replicas);
  const pools =
    controllers === undefined
      ? [pool(cluster, 'dual-role', ['controller', 'broker'], brokers)]
      : [pool(cluster, 'controller', ['controller'], controllers), pool(cluster, 'broker', ['broker'], brokers)];

  const files = [
    manifest('kafka.yaml', 'kafka/kafka', { cluster, version, metadataVersion, replicationFactor, minInsyncReplicas: Math.max(1, replicationFactor - 1) }),
    ...pools.map((context) => manifest(`pool-${context.pool}.yaml`, 'kafka/node-pool', context)),
  ];
  const kustomization = kustomizationContext({ namespace, resources: files.map(({ path }) => path.slice(folder.length + 1)), own: { folder, patches: own } });
  return [manifest('kustomization.yaml', 'kustomization', kustomization), ...files];
}

function pool(cluster: string, name: string, roles: readonly string[], nodes: Kafka['brokers']) {
  const { replicas, storage, resources } = nodes;
  return { cluster, pool: name, roles, replicas, storageClass: storage.class, size: storage.size, resources };
}

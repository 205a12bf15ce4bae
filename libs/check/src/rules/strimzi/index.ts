import type { Rule } from '../../rule.js';
import { aclAll } from './acl-all.js';
import { aclEverything } from './acl-everything.js';
import { aclOperations } from './acl-operations.js';
import { aclResource } from './acl-resource.js';
import { aclWithoutEffect } from './acl-without-effect.js';
import { apiVersion } from './api-version.js';
import { autoCreateTopics } from './auto-create-topics.js';
import { brokerSettingValue } from './broker-setting-value.js';
import { caRenewal } from './ca-renewal.js';
import { clientAuthentication } from './client-authentication.js';
import { clusterLabel } from './cluster-label.js';
import { configMapKey } from './config-map-key.js';
import { connectBuild } from './connect-build.js';
import { defaultReplication } from './default-replication.js';
import { deleteClaim } from './delete-claim.js';
import { exampleNamespace } from './example-namespace.js';
import { ignoredSetting } from './ignored-setting.js';
import { imperativeAnnotation } from './imperative-annotation.js';
import { kafkaReplicas } from './kafka-replicas.js';
import { kafkaResources } from './kafka-resources.js';
import { kafkaStorage } from './kafka-storage.js';
import { kafkaVersion } from './kafka-version.js';
import { kraftMetadata } from './kraft-metadata.js';
import { kraftSetting } from './kraft-setting.js';
import { listenerAuthentication } from './listener-authentication.js';
import { listenerConfiguration } from './listener-configuration.js';
import { listenerEncryption } from './listener-encryption.js';
import { listenerHosts } from './listener-hosts.js';
import { listenerIngress } from './listener-ingress.js';
import { listenerPort } from './listener-port.js';
import { listenerTls } from './listener-tls.js';
import { listenerUnique } from './listener-unique.js';
import { maintenanceWindow } from './maintenance-window.js';
import { maintenanceWindowLength } from './maintenance-window-length.js';
import { metadataVersion } from './metadata-version.js';
import { minInsyncReplicas } from './min-insync-replicas.js';
import { mirrorMakerClusters } from './mirror-maker-clusters.js';
import { nodeIds } from './node-ids.js';
import { operatorSettings } from './operator-settings.js';
import { paused } from './paused.js';
import { pinnedVersion } from './pinned-version.js';
import { poolRoles } from './pool-roles.js';
import { quotas } from './quotas.js';
import { rebalanceMode } from './rebalance-mode.js';
import { removedAuthentication } from './removed-authentication.js';
import { removedAuthorization } from './removed-authorization.js';
import { resourceLimits } from './resource-limits.js';
import { scaleDownCheck } from './scale-down-check.js';
import { severalSuperUsers } from './several-super-users.js';
import { spareReplica } from './spare-replica.js';
import { storageSize } from './storage-size.js';
import { storageVolumes } from './storage-volumes.js';
import { superUsers } from './super-users.js';
import { topicName } from './topic-name.js';
import { topicSetting } from './topic-setting.js';
import { topicSettingValue } from './topic-setting-value.js';
import { userName } from './user-name.js';
import { userPassword } from './user-password.js';
import { watchedNamespace } from './watched-namespace.js';
import { zookeeper } from './zookeeper.js';
import { zookeeperAnnotations } from './zookeeper-annotations.js';

/** What Strimzi's operators make of one resource. */
export const strimziRules: readonly Rule[] = [
  apiVersion,
  clusterLabel,
  kafkaReplicas,
  kafkaStorage,
  kafkaResources,
  zookeeper,
  zookeeperAnnotations,
  removedAuthentication,
  removedAuthorization,
  operatorSettings,
  mirrorMakerClusters,
  kafkaVersion,
  metadataVersion,
  pinnedVersion,
  kraftSetting,
  minInsyncReplicas,
  spareReplica,
  defaultReplication,
  autoCreateTopics,
  ignoredSetting,
  brokerSettingValue,
  quotas,
  listenerAuthentication,
  listenerTls,
  listenerEncryption,
  listenerUnique,
  listenerPort,
  listenerIngress,
  listenerHosts,
  listenerConfiguration,
  superUsers,
  severalSuperUsers,
  poolRoles,
  storageVolumes,
  storageSize,
  kraftMetadata,
  deleteClaim,
  nodeIds,
  resourceLimits,
  topicName,
  topicSetting,
  topicSettingValue,
  aclOperations,
  aclResource,
  aclEverything,
  aclAll,
  aclWithoutEffect,
  userName,
  userPassword,
  caRenewal,
  maintenanceWindow,
  maintenanceWindowLength,
  watchedNamespace,
  paused,
  imperativeAnnotation,
  scaleDownCheck,
  rebalanceMode,
  clientAuthentication,
  connectBuild,
  configMapKey,
  exampleNamespace,
];

import type { Rule } from '../../rule.js';
import { aclIdentity } from './acl-identity.js';
import { aclTopic } from './acl-topic.js';
import { blueGreen } from './blue-green.js';
import { brokerCount } from './broker-count.js';
import { clusterExists } from './cluster-exists.js';
import { configMapMade } from './config-map-made.js';
import { configMap } from './config-map.js';
import { consumerGroup } from './consumer-group.js';
import { cruiseControlBrokers } from './cruise-control-brokers.js';
import { entityOperator } from './entity-operator.js';
import { jobPermission } from './job-permission.js';
import { jobStorage } from './job-storage.js';
import { jobTopic } from './job-topic.js';
import { nodePoolRoles } from './node-pool-roles.js';
import { nodePool } from './node-pool.js';
import { oneKafka } from './one-kafka.js';
import { operatorsApart } from './operators-apart.js';
import { podAutoscaler } from './pod-autoscaler.js';
import { podDisruptionBudget } from './pod-disruption-budget.js';
import { rebalanceTemplate } from './rebalance-template.js';
import { resourceOnce } from './resource-once.js';
import { roleBinding } from './role-binding.js';
import { secretKey } from './secret-key.js';
import { secretMade } from './secret-made.js';
import { secretNamespace } from './secret-namespace.js';
import { serviceAccount } from './service-account.js';
import { sessionCluster } from './session-cluster.js';
import { sessionJobSettings } from './session-job-settings.js';
import { syncWave } from './sync-wave.js';
import { topicOnce } from './topic-once.js';
import { topicReplicas } from './topic-replicas.js';
import { topicSpareReplica } from './topic-spare-replica.js';
import { transactionDefault } from './transaction-default.js';
import { transactionTimeout } from './transaction-timeout.js';
import { transactionalId } from './transactional-id.js';
import { userAuthentication } from './user-authentication.js';
import { userAuthorization } from './user-authorization.js';
import { watchingOperator } from './watching-operator.js';

/** What resources mean by the names of others. */
export const referenceRules: readonly Rule[] = [
  watchingOperator,
  operatorsApart,
  clusterExists,
  nodePool,
  nodePoolRoles,
  brokerCount,
  cruiseControlBrokers,
  rebalanceTemplate,
  oneKafka,
  entityOperator,
  topicReplicas,
  topicSpareReplica,
  topicOnce,
  userAuthentication,
  userAuthorization,
  aclIdentity,
  aclTopic,
  podDisruptionBudget,
  podAutoscaler,
  secretNamespace,
  secretKey,
  secretMade,
  configMap,
  configMapMade,
  serviceAccount,
  roleBinding,
  sessionCluster,
  sessionJobSettings,
  jobStorage,
  transactionalId,
  blueGreen,
  consumerGroup,
  jobTopic,
  jobPermission,
  transactionTimeout,
  transactionDefault,
  syncWave,
  resourceOnce,
];

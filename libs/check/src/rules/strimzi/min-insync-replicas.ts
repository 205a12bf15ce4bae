import { KAFKA, TOPIC } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { syncedCopiesOf } from './replication.js';

export const minInsyncReplicas: ResourceRule = {
  id: 'strimzi/min-insync-replicas',
  severity: 'error',
  title: 'No topic needs more replicas in sync than it has',
  source: 'R6; Kafka, TopicConfig.java (min.insync.replicas)',
  consequence: 'Every write with acks=all fails with NotEnoughReplicasException, as do transactions and commits of offsets.',
  fix: 'Lower min.insync.replicas below the number of replicas: 2 with 3 replicas, 1 with 1.',
  reach: 'resource',
  on: [KAFKA, TOPIC],
  *check({ resource }) {
    for (const { path, inSync, copies, inSyncName, copiesName } of syncedCopiesOf(resource.body, resource.kind)) {
      if (inSync > copies && copies > 0)
        yield { path, message: `${inSyncName} is ${inSync}, but ${copiesName} is only ${copies}: no write can ever be acknowledged` };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 10, replicas: 3, config: {min.insync.replicas: 2}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 10, replicas: 1, config: {min.insync.replicas: 2}}
`,
};

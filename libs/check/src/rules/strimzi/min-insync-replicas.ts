import { KAFKA, TOPIC } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { syncedCopiesOf } from './replication.js';

export const minInsyncReplicas: ResourceRule = {
  id: 'strimzi/min-insync-replicas',
  severity: 'warning',
  title: 'No topic asks for more replicas in sync than it has',
  source: 'R6; Kafka 4, Partition.scala (effectiveMinIsr)',
  consequence:
    'Kafka asks for all replicas instead: with several, every write with acks=all fails while one broker restarts; with one, nothing is kept twice, whatever the number promises.',
  fix: 'Lower min.insync.replicas below the number of replicas (2 with 3 replicas, 1 with 1), or have more replicas.',
  reach: 'resource',
  on: [KAFKA, TOPIC],
  *check({ resource }) {
    for (const { path, inSync, copies, inSyncName, copiesName } of syncedCopiesOf(resource.body, resource.kind)) {
      if (inSync <= copies || copies <= 0) continue;
      const instead = copies === 1 ? 'Kafka asks for that one' : `Kafka asks for all ${copies}: no broker can be restarted without stopping writes`;
      yield { path, message: `${inSyncName} is ${inSync}, but ${copiesName} is only ${copies}: ${instead}` };
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

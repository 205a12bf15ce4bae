import { KAFKA, TOPIC } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { syncedCopiesOf } from './replication.js';

export const spareReplica: ResourceRule = {
  id: 'strimzi/spare-replica',
  severity: 'warning',
  title: 'A topic that is kept on several brokers can do without one of them',
  source:
    'R6 (the operator does restart such a broker: KafkaAvailability.java lets it, as waiting would never help); Strimzi documentation, con-topic-replication',
  consequence:
    'While one of its brokers restarts, every write with acks=all to the topic fails. The operator does not wait: each rolling update is an outage for producers.',
  fix: 'Set min.insync.replicas to one less than the number of replicas: 2 with 3 replicas.',
  reach: 'resource',
  on: [KAFKA, TOPIC],
  *check({ resource }) {
    for (const { path, inSync, copies, inSyncName, copiesName } of syncedCopiesOf(resource.body, resource.kind)) {
      // One replica of one is a development cluster: it has nothing to lose.
      if (inSync === copies && copies > 1)
        yield { path, message: `${inSyncName} is ${inSync}, as many as ${copiesName}: no broker can be restarted without stopping writes` };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    config:
      default.replication.factor: 3
      min.insync.replicas: 2
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    config:
      default.replication.factor: 3
      min.insync.replicas: 3
`,
};

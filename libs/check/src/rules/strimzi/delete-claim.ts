import { NODE_POOL } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { volumesOf } from './volumes.js';

export const deleteClaim: ResourceRule = {
  id: 'strimzi/delete-claim',
  severity: 'warning',
  title: 'Volumes stay when their node pool is deleted',
  source: 'R16; strimzi-kafka-operator, PersistentClaimStorage.java (deleteClaim)',
  consequence: 'A node pool that is pruned, renamed or deleted by mistake takes its volume claims, and with them the data, away.',
  fix: 'Write `deleteClaim: false`, or leave it out: false is the default.',
  reach: 'resource',
  on: [NODE_POOL],
  *check({ resource }) {
    for (const { body, path, label } of volumesOf(resource.body)) {
      if (body['deleteClaim'] === true) yield { path: [...path, 'deleteClaim'], message: `${label} is deleted together with the node pool` };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: brokers, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  replicas: 3
  roles: [broker]
  storage: {type: persistent-claim, size: 100Gi, deleteClaim: false}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: brokers, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  replicas: 3
  roles: [broker]
  storage: {type: persistent-claim, size: 100Gi, deleteClaim: true}
`,
};

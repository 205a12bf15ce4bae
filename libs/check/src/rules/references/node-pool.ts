import { KAFKA, NODE_POOL } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import { isSubstituted } from '../../placeholder.js';
import type { ReferenceRule } from '../../rule.js';
import { namespaceKeys } from '../../universe.js';
import { clusterLabelOf, poolsOf } from './kafka-cluster.js';

export const nodePool: ReferenceRule = {
  id: 'references/node-pool',
  severity: 'error',
  title: 'A Kafka has a node pool',
  source: 'R3; strimzi-kafka-operator, NodePoolUtils.java (validateNodePools)',
  consequence: 'Strimzi refuses the Kafka: it makes no broker and the Kafka is never Ready.',
  fix: 'Add a KafkaNodePool with replicas, roles and storage to the namespace of the Kafka, labelled strimzi.io/cluster with its name.',
  reach: 'references',
  on: [KAFKA],
  *check(subject, universe) {
    // Of a file that is checked by itself, the pools may lie beside it.
    if (poolsOf(subject, universe).length > 0 || !(universe.isComplete(subject) || universe.hasAround(subject))) return;
    // A pool that names no Kafka, or one that is nowhere, is a finding of its own.
    const keys = namespaceKeys.looked(subject.namespace).map((namespace) => `${subject.scope}\n${namespace}`);
    if (astray(universe).first(keys) !== undefined || isSubstituted(subject.resource.name)) return;
    yield {
      path: ['spec', 'kafka'],
      message: `there is no KafkaNodePool for the Kafka ${subject.resource.name}${subject.namespace === undefined ? '' : ` in namespace ${subject.namespace}`}`,
    };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: dual-role, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {replicas: 3, roles: [controller, broker], storage: {type: jbod, volumes: [{id: 0, type: persistent-claim, size: 100Gi}]}}
---
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {listeners: [{name: tls, port: 9093, type: internal, tls: true}]}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {listeners: [{name: tls, port: 9093, type: internal, tls: true}]}}
`,
};

/** Pools that name no Kafka, or one that is nowhere, by namespace. */
const astray = oncePerUniverse((universe) => {
  const pools = universe.of(NODE_POOL).filter((pool) => {
    const cluster = clusterLabelOf(pool);
    return cluster === undefined || isSubstituted(cluster) || universe.named(pool, KAFKA, cluster).length === 0;
  });
  return new OrderedIndex(pools, ({ scope, namespace }) => namespaceKeys.filed(namespace).map((key) => `${scope}\n${key}`));
});

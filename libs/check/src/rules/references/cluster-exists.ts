import { textAt } from '../../field.js';
import { KAFKA, NODE_POOL, REBALANCE, TOPIC, USER } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { CLUSTER_LABEL_PATH } from '../strimzi/labels.js';

export const clusterExists: ReferenceRule = {
  id: 'references/cluster-exists',
  severity: 'error',
  title: 'The label strimzi.io/cluster names a Kafka in the same namespace',
  source: 'R7, R8; Strimzi documentation, "Labels" (ref-kubernetes-labels)',
  consequence: 'No operator takes the resource up: it has no status and no event, and Argo CD shows Progressing for ever.',
  fix: 'Name the Kafka of this namespace in the label, or move the resource into the namespace of its Kafka.',
  reach: 'references',
  on: [NODE_POOL, TOPIC, USER, REBALANCE],
  *check(subject, universe) {
    const path = CLUSTER_LABEL_PATH;
    const cluster = textAt(subject.resource.body, ...path);
    // Where this run has no Kafka at all, it says nothing of what there is.
    const clusters = universe.near(subject, KAFKA);
    if (!cluster || clusters.length === 0 || universe.named(subject, KAFKA, cluster).length > 0) return;
    const known = clusters.map(({ resource, namespace }) => `${resource.name}${namespace === undefined ? '' : ` in namespace ${namespace}`}`).join(', ');
    yield {
      path,
      message: `there is no Kafka ${cluster}${subject.namespace === undefined ? '' : ` in namespace ${subject.namespace}`}; there is ${known}`,
    };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: flink, labels: {strimzi.io/cluster: kafka-cluster}}
`,
};

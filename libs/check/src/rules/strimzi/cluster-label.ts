import { textAt } from '../../field.js';
import { NODE_POOL, REBALANCE, TOPIC, USER } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { CLUSTER_LABEL, CLUSTER_LABEL_PATH } from './labels.js';

export const clusterLabel: ResourceRule = {
  id: 'strimzi/cluster-label',
  severity: 'error',
  title: 'Node pools, topics, users and rebalances say which Kafka they belong to',
  source: 'R7; Strimzi documentation, "Labels" (ref-kubernetes-labels)',
  consequence: 'No operator takes the resource up: it has no status and no event, and Argo CD shows Progressing for ever.',
  fix: 'Set metadata.labels "strimzi.io/cluster" to the name of the Kafka in the same namespace.',
  reach: 'resource',
  on: [NODE_POOL, TOPIC, USER, REBALANCE],
  *check({ resource }) {
    if (textAt(resource.body, ...CLUSTER_LABEL_PATH)) return;
    // A template of a rebalance is read by name, from Kafka's autoRebalance.
    if (textAt(resource.body, 'metadata', 'annotations', 'strimzi.io/rebalance-template') === 'true') return;
    yield { path: ['metadata', 'labels'], spoils: [CLUSTER_LABEL_PATH], message: `this ${resource.kind} has no label "${CLUSTER_LABEL}"` };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata:
  name: orders
  namespace: kafka
  labels:
    strimzi.io/cluster: kafka-cluster
spec: {partitions: 10, replicas: 3}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata:
  name: orders
  namespace: kafka
spec: {partitions: 10, replicas: 3}
`,
};

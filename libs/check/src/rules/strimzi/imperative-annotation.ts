import { hasField, textAt } from '../../field.js';
import { CONNECTOR, MIRROR_MAKER_2, REBALANCE } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

/** Orders that the operator carries out once, and whose annotation it then takes away. */
const ORDERS: Readonly<Record<string, readonly string[]>> = {
  KafkaRebalance: ['strimzi.io/rebalance'],
  KafkaConnector: ['strimzi.io/restart', 'strimzi.io/restart-task', 'strimzi.io/connector-offsets'],
  KafkaMirrorMaker2: ['strimzi.io/restart-connector', 'strimzi.io/restart-connector-task', 'strimzi.io/connector-offsets'],
};

export const imperativeAnnotation: ResourceRule = {
  id: 'strimzi/imperative-annotation',
  severity: 'warning',
  title: 'No order to an operator is committed as an annotation',
  source: 'R20; strimzi-kafka-operator, ResourceAnnotations.java; Strimzi documentation, "Generating optimization proposals"',
  consequence: 'The operator carries the order out and removes the annotation. Argo CD sees a difference, writes it again, and the order is repeated.',
  fix: 'Delete the annotation, and give the order with kubectl annotate. A KafkaRebalance that is to run by itself has "strimzi.io/rebalance-auto-approval".',
  reach: 'resource',
  on: [REBALANCE, CONNECTOR, MIRROR_MAKER_2],
  *check({ resource }) {
    for (const annotation of ORDERS[resource.kind] ?? []) {
      const path = ['metadata', 'annotations', annotation];
      if (!hasField(resource.body, ...path)) continue;
      const value = textAt(resource.body, ...path);
      yield { path, message: `"${annotation}${value === undefined ? '' : `: ${value}`}" is an order that is carried out once` };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaRebalance
metadata:
  name: rebalance
  namespace: kafka
  labels: {strimzi.io/cluster: kafka-cluster}
  annotations: {strimzi.io/rebalance-auto-approval: 'true'}
spec: {}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaRebalance
metadata:
  name: rebalance
  namespace: kafka
  labels: {strimzi.io/cluster: kafka-cluster}
  annotations: {strimzi.io/rebalance: approve}
spec: {}
`,
};

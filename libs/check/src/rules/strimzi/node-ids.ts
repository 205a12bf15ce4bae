import { textAt } from '../../field.js';
import { NODE_POOL } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';

const ANNOTATIONS = ['strimzi.io/next-node-ids', 'strimzi.io/remove-node-ids'];
const ID_OR_RANGE = '[0-9]+(\\s*-\\s*[0-9]+)?';
const RANGES = new RegExp(`^\\s*(\\[\\s*(${ID_OR_RANGE}\\s*(,\\s*${ID_OR_RANGE}\\s*)*)?\\]\\s*)?$`);

export const nodeIds: ResourceRule = {
  id: 'strimzi/node-ids',
  severity: 'error',
  title: 'Node ids of a pool are written as a list in brackets',
  source: 'R16; strimzi-kafka-operator, NodeIdRange.java, NodePoolUtils.java (validateNodeIdRanges)',
  consequence: 'The operator ignores the annotation with a line in its log, and takes the next free ids, or removes the highest ones.',
  fix: 'Write ids and ranges in brackets: `"[0-9, 20]"`.',
  reach: 'resource',
  on: [NODE_POOL],
  *check({ resource }) {
    for (const annotation of ANNOTATIONS) {
      const path = ['metadata', 'annotations', annotation];
      const text = textAt(resource.body, ...path);
      if (text !== undefined && !isSubstituted(text) && !RANGES.test(text)) yield { path, message: `"${text}" is no list of node ids in brackets` };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: brokers, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}, annotations: {strimzi.io/next-node-ids: '[100-199, 250]'}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: brokers, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}, annotations: {strimzi.io/next-node-ids: 100-199}}
`,
};

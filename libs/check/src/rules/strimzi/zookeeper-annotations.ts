import { hasField } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const zookeeperAnnotations: ResourceRule = {
  id: 'strimzi/zookeeper-annotations',
  severity: 'warning',
  title: 'A Kafka has none of the annotations from the years of ZooKeeper',
  source: 'R3; strimzi-kafka-operator, CHANGELOG.md ("strimzi.io/node-pools and strimzi.io/kraft ... will be ignored")',
  consequence: 'The operator ignores them. They make readers believe that the cluster could run in another mode.',
  fix: 'Delete the annotation: node pools and KRaft are all there is.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    for (const annotation of ['strimzi.io/kraft', 'strimzi.io/node-pools']) {
      const path = ['metadata', 'annotations', annotation];
      if (hasField(resource.body, ...path)) yield { path, message: `the annotation "${annotation}" does nothing any more` };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata:
  name: kafka-cluster
  namespace: kafka
  annotations: {strimzi.io/kraft: enabled, strimzi.io/node-pools: enabled}
`,
};

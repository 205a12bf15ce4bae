import { fieldAt, scalarText } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const scaleDownCheck: ResourceRule = {
  id: 'strimzi/scale-down-check',
  severity: 'warning',
  title: 'Brokers are not removed while they hold replicas',
  source: 'R20; Strimzi documentation, "Skipping scale-down checks" (con-skipping-scale-down-checks)',
  consequence:
    'A smaller replicas number takes brokers away with the partitions on them. Topics with one replica are gone, others miss copies, and the reconciliation may fail.',
  fix: 'Delete the annotation "strimzi.io/skip-broker-scaledown-check". Move replicas off the brokers with a KafkaRebalance of mode remove-brokers before you scale down.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    const path = ['metadata', 'annotations', 'strimzi.io/skip-broker-scaledown-check'];
    if (scalarText(fieldAt(resource.body, ...path)) === 'true') yield { path, message: 'the check that keeps brokers with replicas from being removed is off' };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka, annotations: {strimzi.io/skip-broker-scaledown-check: 'true'}}
`,
};

import { fieldAt, scalarText } from '../../field.js';
import { STRIMZI_KINDS } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const paused: ResourceRule = {
  id: 'strimzi/paused',
  severity: 'warning',
  title: 'No resource is committed with its reconciliation paused',
  source: 'R12; strimzi-kafka-operator, ResourceAnnotations.java (pause-reconciliation)',
  consequence: 'The operator does nothing for the resource: later commits are synced and never applied, and a certificate that expires is not renewed.',
  fix: 'Delete the annotation "strimzi.io/pause-reconciliation" once the incident is over.',
  reach: 'resource',
  on: STRIMZI_KINDS,
  *check({ resource }) {
    const path = ['metadata', 'annotations', 'strimzi.io/pause-reconciliation'];
    if (scalarText(fieldAt(resource.body, ...path)) === 'true') yield { path, message: `the reconciliation of this ${resource.kind} is paused` };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka, annotations: {strimzi.io/pause-reconciliation: 'true'}}
`,
};

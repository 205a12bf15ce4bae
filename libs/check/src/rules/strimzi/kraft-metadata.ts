import { textAt } from '../../field.js';
import { NODE_POOL } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { jbodVolumesOf } from './volumes.js';

export const kraftMetadata: ResourceRule = {
  id: 'strimzi/kraft-metadata',
  severity: 'error',
  title: 'One volume holds the KRaft metadata',
  source: 'R16; strimzi-kafka-operator, VolumeUtils.java (kraftMetadataPath); Strimzi documentation, con-config-storage-kraft-metadata',
  consequence:
    'The first volume in the list holds the metadata, the mark on the others does nothing. Another order of the list moves the metadata to another disk.',
  fix: 'Keep `kraftMetadata: shared` on the volume that holds the metadata, and delete it from the others.',
  reach: 'resource',
  on: [NODE_POOL],
  *check({ resource }) {
    const marked = jbodVolumesOf(resource.body).filter(({ body }) => textAt(body, 'kraftMetadata') === 'shared');
    for (const { path, label } of marked.slice(1))
      yield { path: [...path, 'kraftMetadata'], message: `${label} is marked for the KRaft metadata, as ${marked[0]?.label ?? ''} is already` };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: brokers, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  replicas: 3
  roles: [broker]
  storage:
    type: jbod
    volumes:
      - {id: 0, type: persistent-claim, size: 100Gi, kraftMetadata: shared}
      - {id: 1, type: persistent-claim, size: 100Gi}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: brokers, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  replicas: 3
  roles: [broker]
  storage:
    type: jbod
    volumes:
      - {id: 0, type: persistent-claim, size: 100Gi, kraftMetadata: shared}
      - {id: 1, type: persistent-claim, size: 100Gi, kraftMetadata: shared}
`,
};

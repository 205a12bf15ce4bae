import { hasField, scalarText, textAt } from '../../field.js';
import { NODE_POOL } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';
import { quantity } from './quantity.js';
import { volumesOf } from './volumes.js';

export const storageSize: ResourceRule = {
  id: 'strimzi/storage-size',
  severity: 'error',
  title: 'A persistent volume has a size that Kubernetes can read',
  source: 'R16; strimzi-kafka-operator, StorageUtils.java (checkPersistentStorageSizeIsValid, convertToMillibytes)',
  consequence: 'The operator refuses the node pool: no volume claim is made, and no broker starts.',
  fix: 'Write the size as a quantity: `size: 100Gi`.',
  reach: 'resource',
  on: [NODE_POOL],
  *check({ resource }) {
    for (const { body, path, label } of volumesOf(resource.body)) {
      if (textAt(body, 'type') !== 'persistent-claim') continue;
      const size = scalarText(body['size']);
      if (!hasField(body, 'size') || size === '') yield { path: [...path, 'size'], message: `${label} is a persistent-claim without a size` };
      else if (size !== undefined && !isSubstituted(size) && quantity(size) === undefined) {
        yield { path: [...path, 'size'], message: `"${size}" is no quantity of Kubernetes; units are Gi, Ti, G, T and the like` };
      }
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: brokers, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  replicas: 3
  roles: [broker]
  storage: {type: persistent-claim, size: 100Gi}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: brokers, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  replicas: 3
  roles: [broker]
  storage: {type: persistent-claim, size: 100GB}
`,
};

import { hasField, listAt, scalarText, textAt } from '../../field.js';
import { NODE_POOL } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { jbodVolumesOf } from './volumes.js';

export const storageVolumes: ResourceRule = {
  id: 'strimzi/storage-volumes',
  severity: 'error',
  title: 'JBOD storage has volumes, each with an id of its own',
  source: 'R16; strimzi-kafka-operator, StorageUtils.java (validatePersistentStorage), VolumeUtils.java (createVolumePrefix)',
  consequence: 'Volume claims are named after the id. The operator refuses a volume without one, and two with the same id are one claim.',
  fix: 'Give each volume a number that it keeps for ever: `id: 0`, `id: 1`.',
  reach: 'resource',
  on: [NODE_POOL],
  *check({ resource: { body } }) {
    if (textAt(body, 'spec', 'storage', 'type') !== 'jbod') return;
    if (listAt(body, 'spec', 'storage', 'volumes').length === 0) {
      yield { path: ['spec', 'storage', 'volumes'], message: 'a storage of type jbod needs at least one volume', fix: 'Add a volume, with id, type and size.' };
      return;
    }
    const ids = new Set<string>();
    for (const { body: volume, path, label } of jbodVolumesOf(body)) {
      const id = scalarText(volume['id']);
      if (id === undefined) {
        if (!hasField(volume, 'id')) yield { path: [...path, 'id'], message: `${label} has no id` };
      } else if (ids.has(id)) {
        yield { path: [...path, 'id'], message: `${label} has the id ${id}, which another volume has already` };
      } else ids.add(id);
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: brokers, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  replicas: 3
  roles: [broker]
  storage: {type: jbod, volumes: [{id: 0, type: persistent-claim, size: 100Gi}, {id: 1, type: persistent-claim, size: 100Gi}]}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: brokers, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  replicas: 3
  roles: [broker]
  storage: {type: jbod, volumes: [{id: 0, type: persistent-claim, size: 100Gi}, {id: 0, type: persistent-claim, size: 100Gi}]}
`,
};

import { numberAt, textsAt } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { areKnown, poolsOf } from './kafka-cluster.js';

export const nodePoolRoles: ReferenceRule = {
  id: 'references/node-pool-roles',
  severity: 'error',
  title: 'The node pools of a Kafka have controllers and brokers',
  source: 'R3, R4; strimzi-kafka-operator, NodePoolUtils.java (validateKRaftProcessRoles): a pool with 0 replicas does not count',
  consequence: 'Strimzi refuses the Kafka: it is not reconciled until both roles have a node.',
  fix: 'Add the missing role to the roles of a KafkaNodePool, or add a pool that has it.',
  reach: 'references',
  on: [KAFKA],
  *check(subject, universe) {
    const pools = poolsOf(subject, universe);
    if (pools.length === 0 || !areKnown(subject, pools, universe)) return;
    // A pool without roles or with replicas from elsewhere leaves it open what there is.
    if (pools.some(({ resource }) => textsAt(resource.body, 'spec', 'roles').length === 0 || numberAt(resource.body, 'spec', 'replicas') === undefined)) return;
    const roles = new Set(
      pools.filter(({ resource }) => numberAt(resource.body, 'spec', 'replicas') !== 0).flatMap(({ resource }) => textsAt(resource.body, 'spec', 'roles')),
    );
    for (const role of ['controller', 'broker']) {
      if (roles.has(role)) continue;
      yield {
        path: ['spec', 'kafka'],
        message: `no node pool of the Kafka ${subject.resource.name} has a node with the role ${role}; there is ${pools.map(({ resource }) => resource.name).join(', ')}`,
      };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: controller, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {replicas: 3, roles: [controller]}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: broker, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {replicas: 3, roles: [broker]}
---
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: broker, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {replicas: 3, roles: [broker]}
---
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
`,
};

import { fieldAt, isList } from '../../field.js';
import { NODE_POOL } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const poolRoles: ResourceRule = {
  id: 'strimzi/pool-roles',
  severity: 'error',
  title: 'A node pool has a role',
  source: 'R3; strimzi-kafka-operator, NodePoolUtils.java (validateKRaftProcessRoles)',
  consequence: 'The operator refuses the whole Kafka cluster: "has no role defined in .spec.roles".',
  fix: 'Write `roles: [broker]`, `[controller]`, or both.',
  reach: 'resource',
  on: [NODE_POOL],
  *check({ resource }) {
    const path = ['spec', 'roles'];
    const roles = fieldAt(resource.body, ...path);
    if (isList(roles) && roles.length === 0) yield { path, message: 'the list of roles is empty' };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: controllers, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {replicas: 3, roles: [controller], storage: {type: persistent-claim, size: 10Gi}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: controllers, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {replicas: 3, roles: [], storage: {type: persistent-claim, size: 10Gi}}
`,
};

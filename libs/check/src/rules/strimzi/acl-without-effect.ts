import { USER } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { aclsOf } from './acls.js';

const HAVE: Readonly<Record<string, readonly string[]>> = {
  topic: ['Read', 'Write', 'Create', 'Describe', 'Delete', 'Alter', 'DescribeConfigs', 'AlterConfigs'],
  group: ['Read', 'Describe', 'Delete', 'DescribeConfigs', 'AlterConfigs'],
  cluster: ['Create', 'ClusterAction', 'DescribeConfigs', 'AlterConfigs', 'IdempotentWrite', 'Alter', 'Describe'],
  transactionalId: ['Describe', 'Write'],
};
const OPERATIONS = new Set(Object.values(HAVE).flat());

export const aclWithoutEffect: ResourceRule = {
  id: 'strimzi/acl-without-effect',
  severity: 'warning',
  title: 'An ACL holds operations that its resource knows',
  source: 'R15; Kafka, AclEntry.java (supportedOperations)',
  consequence: 'Kafka never asks for this operation on such a resource: the ACL does nothing, and what was meant is still missing.',
  fix: 'Delete the operation, or move it to the resource that it belongs to.',
  reach: 'resource',
  on: [USER],
  *check({ resource }) {
    for (const { resourceType, operations } of aclsOf(resource.body)) {
      const known = resourceType === undefined || !Object.hasOwn(HAVE, resourceType) ? undefined : HAVE[resourceType];
      if (known === undefined) continue;
      for (const { operation, path } of operations) {
        if (!OPERATIONS.has(operation) || known.includes(operation)) continue;
        yield { path, message: `Kafka has no ${operation} on a ${resourceType ?? ''}; it has ${known.join(', ')}` };
      }
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: order-processor, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  authentication: {type: tls}
  authorization:
    type: simple
    acls:
      - {resource: {type: group, name: order-processor}, operations: [Read]}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: order-processor, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  authentication: {type: tls}
  authorization:
    type: simple
    acls:
      - {resource: {type: group, name: order-processor}, operations: [Read, Write]}
`,
};

import { hasField } from '../../field.js';
import { USER } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { aclsOf } from './acls.js';

export const aclOperations: ResourceRule = {
  id: 'strimzi/acl-operations',
  severity: 'error',
  title: 'An ACL lists its operations',
  source: 'R2, R15; strimzi-kafka-operator, CHANGELOG.md (0.49.0), SimpleAclRule.java (fromCrd)',
  consequence: 'The field does not exist in v1. It is dropped, and the user has no right from this ACL.',
  fix: 'Write `operations: [Read]` instead of `operation: Read`.',
  reach: 'resource',
  on: [USER],
  *check({ resource }) {
    for (const { body, path, operations } of aclsOf(resource.body)) {
      if (!hasField(body, 'operation')) continue;
      const names = operations.map(({ operation }) => operation).join(', ');
      yield {
        path: [...path, 'operation'],
        spoils: [[...path, 'operations']],
        message: 'operation (of one) does not exist in v1; operations (a list) does',
        fix: `Write \`operations: [${names}]\` instead.`,
      };
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
      - {resource: {type: topic, name: orders}, operations: [Read]}
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
      - {resource: {type: topic, name: orders}, operation: Read}
`,
};

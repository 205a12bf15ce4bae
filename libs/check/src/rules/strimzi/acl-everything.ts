import { USER } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { aclsOf } from './acls.js';

/** What changes something: to read or describe everything is what mirrors and monitors are for. */
const CHANGES = ['Write', 'Create', 'Delete', 'Alter', 'AlterConfigs', 'All'];

export const aclEverything: ResourceRule = {
  id: 'strimzi/acl-everything',
  severity: 'warning',
  title: 'A user may change topics by name, not all of them',
  source: 'R15; Strimzi documentation, "Configuring client authorization" (con-securing-client-acls)',
  consequence: 'Whoever has the credentials of this one user can write, alter or delete every topic of the cluster.',
  fix: 'Name the topics, or their common beginning with `patternType: prefix`.',
  reach: 'resource',
  on: [USER],
  *check({ resource }) {
    for (const { path, allows, resourceType, name, isPrefix, operations } of aclsOf(resource.body)) {
      if (!allows || resourceType !== 'topic' || name !== '*' || isPrefix) continue;
      const changes = operations.map(({ operation }) => operation).filter((operation) => CHANGES.includes(operation));
      if (changes.length > 0)
        yield { path: [...path, 'resource', 'name'], message: `${changes.join(', ')} ${changes.length === 1 ? 'is' : 'are'} allowed on every topic` };
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
      - {resource: {type: topic, name: invoices}, operations: [Write]}
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
      - {resource: {type: topic, name: '*'}, operations: [Write]}
`,
};

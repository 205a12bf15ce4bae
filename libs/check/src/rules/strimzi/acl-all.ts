import { USER } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { aclsOf } from './acls.js';

export const aclAll: ResourceRule = {
  id: 'strimzi/acl-all',
  severity: 'warning',
  title: 'An ACL gives the operations that are needed, not All',
  source: 'R15; Strimzi documentation, "Configuring client authorization" (con-securing-client-acls)',
  consequence: 'All holds Delete, Alter and AlterConfigs: the user can delete the topic or shorten its retention.',
  fix: "Write the operations: `[Read]` for a consumer's topic and group, `[Write]` for a producer's topic. Describe comes with either.",
  reach: 'resource',
  on: [USER],
  *check({ resource }) {
    for (const { allows, resourceType, name, operations } of aclsOf(resource.body)) {
      if (!allows) continue;
      for (const { operation, path } of operations) {
        if (operation === 'All')
          yield { path, message: `All operations are allowed on ${[resourceType, name].filter((part) => part !== undefined).join(' ')}` };
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
      - {resource: {type: topic, name: invoices}, operations: [Write, Describe]}
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
      - {resource: {type: topic, name: invoices}, operations: [All]}
`,
};

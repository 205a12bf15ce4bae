import { USER } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { aclsOf } from './acls.js';

const NAMED = ['topic', 'group', 'transactionalId'];

export const aclResource: ResourceRule = {
  id: 'strimzi/acl-resource',
  severity: 'error',
  title: 'An ACL names a topic, group or transactional id that there can be',
  source: 'R15; strimzi-kafka-operator, SimpleAclRuleResource.java (toKafkaResourcePattern); Kafka, StandardAuthorizerData.java',
  consequence:
    'Without a name the User Operator fails. A star stands for everything only where it is the whole name, and never in a prefix: elsewhere the ACL applies to nothing.',
  fix: 'Write the name. For all names that begin alike, write the beginning without a star, and `patternType: prefix`.',
  reach: 'resource',
  on: [USER],
  *check({ resource }) {
    for (const { path, resourceType, name, isPrefix } of aclsOf(resource.body)) {
      if (resourceType === undefined || !NAMED.includes(resourceType)) continue;
      const at = [...path, 'resource', 'name'];
      if (name === undefined) {
        yield { path: at, message: `an ACL for a ${resourceType} misses the name of the ${resourceType}` };
      } else if (name.includes('*') && (isPrefix || name !== '*')) {
        const beginning = name.replace(/\*.*$/, '');
        yield {
          path: at,
          message: isPrefix
            ? `the prefix "${name}" holds a star, which stands for itself`
            : `the star in "${name}" stands for itself: only the name "*" stands for all`,
          fix:
            beginning === ''
              ? 'Write the name, or `name: "*"` with `patternType: literal` for all.'
              : `Write \`name: ${beginning}\` with \`patternType: prefix\`.`,
        };
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
      - {resource: {type: topic, name: orders-, patternType: prefix}, operations: [Read]}
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
      - {resource: {type: topic, name: orders-*}, operations: [Read]}
`,
};

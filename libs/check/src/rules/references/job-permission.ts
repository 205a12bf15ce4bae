import { fieldAt, scalarText, textAt, textsAt } from '../../field.js';
import { isSubstituted } from '../../placeholder.js';
import type { ReferenceRule } from '../../rule.js';
import { nameOf, type Subject } from '../../subject.js';
import type { Universe } from '../../universe.js';
import { aclsOf, type Acl } from '../strimzi/acls.js';
import { topicsOf } from './declared-topics.js';
import { JOBS } from '../flink/flink-spec.js';
import { userOf, usesOf, type Use } from './job-client.js';
import { kafkasOf } from './kafka-cluster.js';

const WORDS = { topic: 'topic', group: 'consumer group', transactionalId: 'transactional id' } as const;

export const jobPermission: ReferenceRule = {
  id: 'references/job-permission',
  severity: 'error',
  title: 'The user of a job may use the topics, consumer groups and transactional ids that the job names',
  source:
    'R14, R15, R89; Apache Kafka, StandardAuthorizer (what no ACL allows is denied); flink-connector-kafka: a transactional id is the prefix, a dash, and two numbers',
  consequence: 'Kafka refuses the job: TopicAuthorizationException, GroupAuthorizationException or TransactionalIdAuthorizationException.',
  fix: 'Add an ACL to the KafkaUser, or write the name that its ACLs have.',
  reach: 'references',
  on: JOBS,
  *check(subject, universe) {
    const uses = usesOf(subject);
    for (const use of uses) {
      const user = userOf(subject, universe, use.user);
      if (user === undefined || !isHeldToAcls(user, universe)) continue;
      const acls = aclsOf(user.resource.body);
      if (acls.some(({ name, operations }) => (name !== undefined && isSubstituted(name)) || operations.length === 0)) continue;
      if (acls.some((acl) => acl.allows && covers(acl, use)) || (use.type === 'topic' && isMissing(use.name, user, universe))) continue;
      const operation = use.direction === 'reads' ? 'Read' : use.direction === 'writes' ? 'Write' : 'Read or Write';
      const literal = use.isPrefix && acls.some(({ resourceType, name, isPrefix }) => resourceType === use.type && name === use.name && !isPrefix);
      yield {
        path: use.path,
        message: `${nameOf(user)} has no ACL for ${operation} on the ${WORDS[use.type]} ${use.name}${literal ? ' as a prefix, only on that very id, which Flink never uses' : ''}`,
        fix: `Add to spec.authorization.acls of the KafkaUser ${user.resource.name}: \`- {resource: {type: ${use.type}, name: ${use.name}, patternType: ${use.isPrefix ? 'prefix' : 'literal'}}, operations: [${operation === 'Write' ? 'Write' : 'Read'}]}\`.`,
      };
    }
  },
  passes: example('orders-etl'),
  fails: example('orders'),
};

/** Whether a user may do only what its ACLs say. */
function isHeldToAcls(user: Subject, universe: Universe): boolean {
  if (textAt(user.resource.body, 'spec', 'authorization', 'type') !== 'simple') return false;
  return kafkasOf(user, universe).every(({ resource: { body } }) => {
    const authorization = fieldAt(body, 'spec', 'kafka', 'authorization');
    const names = textsAt(authorization, 'superUsers').map((name) => name.replace(/^User:/, ''));
    const isOpen = scalarText(fieldAt(body, 'spec', 'kafka', 'config', 'allow.everyone.if.no.acl.found'))?.toLowerCase() === 'true';
    // Of a Kafka without simple authorization, see references/user-authorization.
    return textAt(authorization, 'type') === 'simple' && !isOpen && !names.some((name) => name === user.resource.name || name === `CN=${user.resource.name}`);
  });
}

function covers({ resourceType, name, isPrefix, operations }: Acl, use: Use): boolean {
  if (resourceType !== use.type) return false;
  const wanted = use.direction === 'reads' ? ['read'] : use.direction === 'writes' ? ['write'] : ['read', 'write'];
  if (!operations.some(({ operation }) => operation === 'All' || wanted.includes(operation.toLowerCase()))) return false;
  if (name === undefined || (name === '*' && !isPrefix)) return true;
  if (!use.isPrefix) return isPrefix ? use.name.startsWith(name) : use.name === name;
  // A longer prefix is what a job with several sinks may make of its own.
  return isPrefix ? `${use.name}-`.startsWith(name) || name.startsWith(use.name) : name !== use.name && name.startsWith(use.name);
}

/** Whether references/job-topic says that there is no such topic. */
function isMissing(topic: string, user: Subject, universe: Universe): boolean {
  const [kafka, ...others] = kafkasOf(user, universe);
  const topics = kafka === undefined || others.length > 0 ? undefined : topicsOf(kafka, universe);
  return topics !== undefined && !topics.has(topic) && !topic.startsWith('__');
}

function example(group: string): string {
  return `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: orders-etl, namespace: streaming, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  authentication: {type: scram-sha-512}
  authorization:
    type: simple
    acls:
      - {resource: {type: topic, name: orders, patternType: literal}, operations: [Read]}
      - {resource: {type: group, name: orders-etl, patternType: literal}, operations: [Read]}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: orders-etl, namespace: streaming}
spec:
  job: {args: [--input-topic, orders, --group-id, ${group}]}
  podTemplate:
    spec:
      containers:
        - name: flink-main-container
          env: [{name: KAFKA_PASSWORD, valueFrom: {secretKeyRef: {name: orders-etl, key: password}}}]
`;
}

import { textsAt } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';

export const severalSuperUsers: ResourceRule = {
  id: 'strimzi/several-super-users',
  severity: 'warning',
  title: 'Super users are none, or one for emergencies',
  source: 'R14; Apache Kafka, StandardAuthorizer (super.users: no ACL is asked for them); Strimzi documentation, "Designating super users"',
  consequence:
    'No ACL holds a super user: whoever has one of these credentials reads, changes and deletes every topic, and nothing that git says of rights is true of it.',
  fix: 'Give each a KafkaUser with the ACLs that it needs; keep one name for emergencies.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    const path = ['spec', 'kafka', 'authorization', 'superUsers'];
    const users = textsAt(resource.body, ...path);
    // One person may come in by certificate and by password.
    const names = new Set(users.map((user) => user.replace(/^User:/, '').replace(/^CN=/, '')));
    if (names.size < 2 || users.some(isSubstituted)) return;
    yield { path, message: `there are ${names.size} super users: ${[...names].join(', ')}` };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {authorization: {type: simple, superUsers: [CN=emergency, emergency]}}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {authorization: {type: simple, superUsers: [CN=orders, CN=payments]}}}
`,
};

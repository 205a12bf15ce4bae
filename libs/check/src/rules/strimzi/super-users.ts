import { listAt } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const superUsers: ResourceRule = {
  id: 'strimzi/super-users',
  severity: 'error',
  title: 'Super users are named without "User:"',
  source: 'R14; strimzi-kafka-operator, KafkaBrokerConfigurationBuilder.java (configureSimpleAuthorization)',
  consequence: 'The operator puts "User:" before each name itself. "User:User:..." is nobody: the super user has no rights.',
  fix: 'Write `CN=<name>` for a user with a certificate, and `<name>` alone for a SCRAM user.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    const path = ['spec', 'kafka', 'authorization', 'superUsers'];
    for (const [index, user] of listAt(resource.body, ...path).entries()) {
      if (typeof user !== 'string' || !user.startsWith('User:')) continue;
      const name = user.slice('User:'.length);
      yield { path: [...path, index], message: `"${user}" becomes "User:${user}"`, fix: `Write \`${name}\`.` };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {authorization: {type: simple, superUsers: [CN=break-glass]}}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {authorization: {type: simple, superUsers: ['User:CN=break-glass']}}}
`,
};

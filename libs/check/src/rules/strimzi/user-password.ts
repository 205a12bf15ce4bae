import { hasField, textAt } from '../../field.js';
import { USER } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const userPassword: ResourceRule = {
  id: 'strimzi/user-password',
  severity: 'error',
  title: 'A given password belongs to a SCRAM user, and comes from a key of a Secret',
  source: 'R68; strimzi-kafka-operator, KafkaUserModel.java (validateDesiredPassword)',
  consequence: 'Without name and key of the Secret the User Operator refuses the user. With another type of authentication it ignores the password.',
  fix: 'Write `password: {valueFrom: {secretKeyRef: {name: <secret>, key: <key>}}}` with `type: scram-sha-512`.',
  reach: 'resource',
  on: [USER],
  *check({ resource: { body } }) {
    const path = ['spec', 'authentication', 'password'];
    if (!hasField(body, ...path)) return;
    const type = textAt(body, 'spec', 'authentication', 'type');
    if (type === 'tls' || type === 'tls-external') {
      yield { path, message: `a user of type ${type} has no password`, fix: 'Delete the password, or write `type: scram-sha-512`.' };
      return;
    }
    // A missing valueFrom is the API server's to say.
    if (!hasField(body, ...path, 'valueFrom')) return;
    for (const field of ['name', 'key']) {
      const at = [...path, 'valueFrom', 'secretKeyRef', field];
      if (!hasField(body, ...at)) yield { path: at, message: `the password misses the ${field} of its secretKeyRef` };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: order-processor, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {authentication: {type: scram-sha-512, password: {valueFrom: {secretKeyRef: {name: order-processor-password, key: password}}}}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: order-processor, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {authentication: {type: scram-sha-512, password: {valueFrom: {secretKeyRef: {name: order-processor-password}}}}}
`,
};

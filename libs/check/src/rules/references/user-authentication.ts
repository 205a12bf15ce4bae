import { textAt } from '../../field.js';
import { USER } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { listenersOf } from '../strimzi/listeners.js';
import { kafkasOf } from './kafka-cluster.js';

export const userAuthentication: ReferenceRule = {
  id: 'references/user-authentication',
  severity: 'error',
  title: 'A user signs in by a way that a listener of its Kafka takes',
  source: 'R13; Strimzi documentation, "Securing user access to Kafka" (con-securing-client-authentication)',
  consequence: 'The user gets its Secret, but no listener takes it: every client that is this user fails to authenticate.',
  fix: 'Set spec.authentication.type to that of a listener, or add a listener with this authentication to the Kafka.',
  reach: 'references',
  on: [USER],
  *check(subject, universe) {
    const path = ['spec', 'authentication', 'type'];
    const type = textAt(subject.resource.body, ...path);
    if (type === undefined) return;
    const needed = type === 'tls-external' ? 'tls' : type;
    const kafkas = kafkasOf(subject, universe);
    const [first] = kafkas;
    if (first === undefined) return;
    for (const kafka of kafkas) {
      const ways = listenersOf(kafka.resource.body).flatMap(({ body }) => textAt(body, 'authentication', 'type') ?? []);
      // Where no listener asks who is there, that is the finding. What a custom listener takes is not for here to know.
      if (ways.length === 0 || ways.includes(needed) || ways.some((way) => way !== 'tls' && way !== 'scram-sha-512')) return;
    }
    const taken = listenersOf(first.resource.body).flatMap(({ body, label }) => {
      const way = textAt(body, 'authentication', 'type');
      return way === undefined ? [] : [`${label} takes ${way}`];
    });
    yield { path, message: `no listener of the Kafka ${first.resource.name} takes ${type}: ${taken.join(', ')}` };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {listeners: [{name: tls, port: 9093, type: internal, tls: true, authentication: {type: scram-sha-512}}]}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: order-processor, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {authentication: {type: scram-sha-512}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {listeners: [{name: tls, port: 9093, type: internal, tls: true, authentication: {type: tls}}]}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: order-processor, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {authentication: {type: scram-sha-512}}
`,
};

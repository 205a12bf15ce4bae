import { hasField } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { listenersOf } from './listeners.js';

export const listenerAuthentication: ResourceRule = {
  id: 'strimzi/listener-authentication',
  severity: 'warning',
  title: 'Every listener asks its clients who they are',
  source: 'R13; Strimzi documentation, "Securing client connections" (con-config-kafka-securing-client-connections)',
  consequence:
    'Every pod that reaches the port is a client without a name. Without authorization it may read, write and delete every topic; with it, ACLs of users do not apply to it.',
  fix: 'Give the listener `authentication: {type: tls}` or `{type: scram-sha-512}`, with `tls: true`. With `networkPolicyPeers`, only the pods that you name reach the port, where the cluster enforces network policies.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    // A cluster that nobody has to sign in to is one decision, however many ports it has.
    const open = listenersOf(resource.body).filter(({ body }) => !hasField(body, 'authentication'));
    const [first] = open;
    if (first === undefined) return;
    const names = open.map(({ label, port }) => `${label}${port === undefined ? '' : ` (port ${port})`}`);
    yield {
      path: [...first.path, 'authentication'],
      message: `${names.join(' and ')} ${names.length === 1 ? 'lets' : 'let'} clients in without authentication`,
    };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    listeners:
      - {name: tls, port: 9093, type: internal, tls: true, authentication: {type: scram-sha-512}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    listeners:
      - {name: plain, port: 9092, type: internal, tls: false}
`,
};

import { hasField, textAt } from '../../field.js';
import { BRIDGE, CONNECT, MIRROR_MAKER_2 } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { clientConnectionsOf } from './client-connections.js';

const NEEDS: Readonly<Record<string, readonly string[]>> = {
  tls: ['certificateAndKey'],
  'scram-sha-256': ['username', 'passwordSecret'],
  'scram-sha-512': ['username', 'passwordSecret'],
  plain: ['username', 'passwordSecret'],
};

export const clientAuthentication: ResourceRule = {
  id: 'strimzi/client-authentication',
  severity: 'error',
  title: 'A client that authenticates has the credentials of its type, and TLS for a certificate',
  source: 'R13; strimzi-kafka-operator, AuthenticationUtils.java (validateClientAuthentication)',
  consequence: 'Without credentials the operator refuses the resource. A certificate without TLS is never shown to the broker, and no connection is made.',
  fix: 'Write certificateAndKey for type tls, username and passwordSecret for a password. A certificate needs `tls` beside authentication.',
  reach: 'resource',
  on: [CONNECT, MIRROR_MAKER_2, BRIDGE],
  *check({ resource }) {
    for (const { body, path } of clientConnectionsOf(resource.body, resource.kind)) {
      const type = textAt(body, 'authentication', 'type');
      const needed = type === undefined || !Object.hasOwn(NEEDS, type) ? [] : (NEEDS[type] ?? []);
      for (const field of needed) {
        if (!hasField(body, 'authentication', field))
          yield { path: [...path, 'authentication', field], message: `authentication of type ${type ?? ''} misses ${field}`, fix: `Write ${field}.` };
      }
      if (type === 'tls' && !hasField(body, 'tls')) {
        yield {
          path: [...path, 'tls'],
          message: 'authentication is by certificate, but the connection has no tls',
          fix: 'Write `tls: {trustedCertificates: [{secretName: <cluster>-cluster-ca-cert, pattern: "*.crt"}]}`.',
        };
      }
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaConnect
metadata: {name: connect, namespace: kafka}
spec:
  bootstrapServers: kafka-cluster-kafka-bootstrap:9093
  tls: {trustedCertificates: [{secretName: kafka-cluster-cluster-ca-cert, pattern: '*.crt'}]}
  authentication: {type: tls, certificateAndKey: {secretName: connect, certificate: user.crt, key: user.key}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaConnect
metadata: {name: connect, namespace: kafka}
spec:
  bootstrapServers: kafka-cluster-kafka-bootstrap:9093
  authentication: {type: scram-sha-512, username: connect}
`,
};

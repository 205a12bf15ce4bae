import { fieldAt, hasField, textAt } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { listenersOf, type Listener } from './listeners.js';

export const listenerTls: ResourceRule = {
  id: 'strimzi/listener-tls',
  severity: 'error',
  title: 'A listener that works with certificates has TLS on',
  source: 'R13; strimzi-kafka-operator, ListenersValidator.java (validateTlsFeaturesOnNonTlsListener, validateRouteAndIngressTlsOnly)',
  consequence: 'The operator refuses the Kafka: "Listener configuration is not valid".',
  fix: 'Write `tls: true` in the listener.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    for (const listener of listenersOf(resource.body)) {
      const tls = fieldAt(listener.body, 'tls');
      if (tls !== undefined && tls !== null && tls !== false) continue;
      const reason = needsTls(listener);
      if (reason !== undefined) yield { path: [...listener.path, 'tls'], message: `${listener.label} ${reason}, but has TLS off` };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {listeners: [{name: tls, port: 9093, type: internal, tls: true, authentication: {type: tls}}]}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {listeners: [{name: plain, port: 9092, type: internal, tls: false, authentication: {type: tls}}]}}
`,
};

function needsTls({ body, type }: Listener): string | undefined {
  if (textAt(body, 'authentication', 'type') === 'tls') return 'authenticates clients by certificate';
  if (hasField(body, 'configuration', 'brokerCertChainAndKey')) return 'has a certificate of its own';
  return type === 'route' || type === 'ingress' ? `is of type ${type}` : undefined;
}

import { fieldAt, hasField, textAt } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { listenersOf, type Listener } from './listeners.js';

/** Types whose clients come from outside of the cluster, where Strimzi takes them without TLS too (ListenersValidator.java). */
const FROM_OUTSIDE: readonly string[] = ['loadbalancer', 'nodeport', 'tlsroute'];

export const listenerEncryption: ResourceRule = {
  id: 'strimzi/listener-encryption',
  severity: 'warning',
  title: 'What clients read and write is encrypted on its way',
  source:
    'R13; Strimzi documentation, "Securing client connections" (con-config-kafka-securing-client-connections); GenericKafkaListener.java (tls is false by default)',
  consequence:
    'Whoever sees the network between client and broker reads every message, and can change it; a client cannot tell the broker from somebody else who answers at its address.',
  fix: 'Write `tls: true` in the listener, and give its clients the certificate of the cluster CA.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    for (const listener of listenersOf(resource.body)) {
      const tls = fieldAt(listener.body, 'tls');
      if (tls !== undefined && tls !== null && tls !== false) continue;
      const reason = exposureOf(listener);
      if (reason !== undefined) yield { path: [...listener.path, 'tls'], message: `${listener.label} ${reason}, and has TLS off` };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {listeners: [{name: external, port: 9094, type: loadbalancer, tls: true, authentication: {type: scram-sha-512}}]}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {listeners: [{name: external, port: 9094, type: loadbalancer, tls: false, authentication: {type: scram-sha-512}}]}}
`,
};

/** What makes it matter; undefined for a listener that lets in everybody of the cluster, which strimzi/listener-authentication tells. */
function exposureOf({ body, type = '' }: Listener): string | undefined {
  if (FROM_OUTSIDE.includes(type)) return `is of type ${type}, for clients from outside`;
  const authentication = textAt(body, 'authentication', 'type');
  // Without TLS these are refused: see strimzi/listener-tls.
  if (authentication === 'tls' || type === 'route' || type === 'ingress' || !hasField(body, 'authentication')) return undefined;
  return `asks its clients who they are (${authentication ?? 'authentication'})`;
}

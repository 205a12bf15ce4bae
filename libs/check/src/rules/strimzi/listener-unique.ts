import { KAFKA } from '../../kinds.js';
import type { Offence, ResourceRule } from '../../rule.js';
import { listenersOf, type Listener } from './listeners.js';

export const listenerUnique: ResourceRule = {
  id: 'strimzi/listener-unique',
  severity: 'error',
  title: 'Each listener has a name and a port of its own',
  source: 'R13; strimzi-kafka-operator, ListenersValidator.java',
  consequence: 'The operator refuses the Kafka: "every listener needs to have a unique name" or "... port number".',
  fix: 'Give the second listener another name or port.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    const listeners = listenersOf(resource.body);
    yield* repeated(listeners, 'name');
    yield* repeated(listeners, 'port');
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    listeners:
      - {name: tls, port: 9093, type: internal, tls: true, authentication: {type: tls}}
      - {name: scram, port: 9094, type: internal, tls: true, authentication: {type: scram-sha-512}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    listeners:
      - {name: tls, port: 9093, type: internal, tls: true, authentication: {type: tls}}
      - {name: scram, port: 9093, type: internal, tls: true, authentication: {type: scram-sha-512}}
`,
};

function* repeated(listeners: readonly Listener[], field: 'name' | 'port'): Iterable<Offence> {
  const first = new Map<string, Listener>();
  for (const listener of listeners) {
    const value = listener[field];
    if (value === undefined) continue;
    const other = first.get(value);
    if (other === undefined) first.set(value, listener);
    else
      yield {
        path: [...listener.path, field],
        message: `${listener.label} has the ${field} ${value}, which ${field === 'name' ? 'another one' : other.label} has already`,
      };
  }
}

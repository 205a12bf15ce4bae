import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { listenersOf } from './listeners.js';

const TAKEN: Readonly<Record<string, string>> = { 9404: 'metrics', 9999: 'JMX' };

export const listenerPort: ResourceRule = {
  id: 'strimzi/listener-port',
  severity: 'error',
  title: 'A listener keeps away from the ports of metrics and JMX',
  source: 'R13; strimzi-kafka-operator, ListenersValidator.java (FORBIDDEN_PORTS)',
  consequence: 'The operator refuses the Kafka: "port ... is forbidden and cannot be used".',
  fix: 'Take another port from 9092 on, but not 9404 and not 9999.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    for (const { path, port, label } of listenersOf(resource.body)) {
      const use = port === undefined || !Object.hasOwn(TAKEN, port) ? undefined : TAKEN[port];
      if (use !== undefined) yield { path: [...path, 'port'], message: `${label} has port ${port ?? ''}, which brokers use for ${use}` };
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
spec: {kafka: {listeners: [{name: tls, port: 9404, type: internal, tls: true, authentication: {type: tls}}]}}
`,
};

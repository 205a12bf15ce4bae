import { hasField, type FieldPath } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { listenersOf } from './listeners.js';

export const listenerHosts: ResourceRule = {
  id: 'strimzi/listener-hosts',
  severity: 'error',
  title: 'A listener behind an Ingress or a Gateway says under which host names it is reached',
  source: 'R13; strimzi-kafka-operator, ListenersValidator.java (validateIngress, validateTlsRoute)',
  consequence: 'The operator refuses the Kafka: "Listener configuration is not valid".',
  fix: 'Write configuration.bootstrap.host and configuration.hostTemplate, and for a tlsroute configuration.parentRefs as well.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    for (const { body, path, type, label } of listenersOf(resource.body)) {
      if (type !== 'ingress' && type !== 'tlsroute') continue;
      const missing = (...field: FieldPath) => ({
        path: [...path, 'configuration', ...field],
        message: `${label} is of type ${type} and misses configuration.${field.join('.')}`,
      });
      if (!hasField(body, 'configuration', 'bootstrap', 'host')) yield missing('bootstrap', 'host');
      if (!hasField(body, 'configuration', 'hostTemplate') && !hasField(body, 'configuration', 'brokers')) yield missing('hostTemplate');
      if (type === 'tlsroute' && !hasField(body, 'configuration', 'parentRefs')) yield missing('parentRefs');
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    listeners:
      - name: external
        port: 9094
        type: tlsroute
        tls: true
        authentication: {type: tls}
        configuration:
          parentRefs: [{name: gateway}]
          bootstrap: {host: kafka.example.com}
          hostTemplate: broker-{nodeId}.example.com
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {listeners: [{name: external, port: 9094, type: tlsroute, tls: true, authentication: {type: tls}}]}}
`,
};

import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { listenersOf } from './listeners.js';

export const listenerIngress: ResourceRule = {
  id: 'strimzi/listener-ingress',
  severity: 'warning',
  title: 'Clients from outside do not come through an Ingress',
  source: 'R13; strimzi-kafka-operator, CHANGELOG.md (0.51.0), KafkaSpecChecker.java (checkIngressListeners)',
  consequence: 'The type is deprecated, as the Ingress NGINX controller that it was made for is retired. A later Strimzi removes it.',
  fix: 'Write `type: tlsroute` with parentRefs (Gateway API, since Strimzi 1.1), or `type: loadbalancer`.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    for (const { path, type, label } of listenersOf(resource.body)) {
      if (type === 'ingress') yield { path: [...path, 'type'], message: `${label} is of type ingress, which is deprecated since Strimzi 0.51` };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {listeners: [{name: external, port: 9094, type: loadbalancer, tls: true, authentication: {type: tls}}]}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    listeners:
      - name: external
        port: 9094
        type: ingress
        tls: true
        authentication: {type: tls}
        configuration: {bootstrap: {host: kafka.example.com}, hostTemplate: 'broker-{nodeId}.example.com'}
`,
};

import { textAt } from '../../field.js';
import { BRIDGE, CONNECT, KAFKA, MIRROR_MAKER_2 } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { clientConnectionsOf } from './client-connections.js';
import { listenersOf } from './listeners.js';

export const removedAuthentication: ResourceRule = {
  id: 'strimzi/removed-authentication',
  severity: 'error',
  title: 'OAuth is configured as authentication of type custom',
  source: 'R3; strimzi-kafka-operator, CHANGELOG.md (0.49.0), KafkaListenerAuthentication.java, KafkaClientAuthentication.java',
  consequence: 'The v1 API has no type oauth: the API server rejects the resource.',
  fix: "Write `type: custom` with `sasl: true` and the OAuth settings as listenerConfig (listener) or config (client). Strimzi's images still hold the OAuth library.",
  reach: 'resource',
  on: [KAFKA, CONNECT, MIRROR_MAKER_2, BRIDGE],
  *check({ resource }) {
    const places = resource.kind === 'Kafka' ? listenersOf(resource.body) : clientConnectionsOf(resource.body, resource.kind);
    for (const { body, path } of places) {
      if (textAt(body, 'authentication', 'type') !== 'oauth') continue;
      yield {
        path: [...path, 'authentication', 'type'],
        spoils: [[...path, 'authentication']],
        message: 'the authentication type oauth was removed with the v1 API; type custom replaces it',
      };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    listeners:
      - name: tls
        port: 9093
        type: internal
        tls: true
        authentication:
          type: custom
          sasl: true
          listenerConfig: {sasl.enabled.mechanisms: OAUTHBEARER}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    listeners:
      - name: tls
        port: 9093
        type: internal
        tls: true
        authentication: {type: oauth, validIssuerUri: https://sso.example.com/realms/kafka}
`,
};

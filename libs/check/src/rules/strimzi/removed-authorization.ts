import { textAt } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const removedAuthorization: ResourceRule = {
  id: 'strimzi/removed-authorization',
  severity: 'error',
  title: 'Authorization is of type simple or custom',
  source: 'R3; strimzi-kafka-operator, CHANGELOG.md (0.46.0, 0.49.0, 1.0.0), KafkaAuthorization.java',
  consequence: 'The v1 API has neither type opa nor type keycloak: the API server rejects the Kafka.',
  fix: 'Write `type: simple` for ACLs, or `type: custom` with the authorizerClass of the plugin.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    const path = ['spec', 'kafka', 'authorization', 'type'];
    const type = textAt(resource.body, ...path);
    if (type === 'opa' || type === 'keycloak') yield { path, message: `the authorization type ${type} was removed with the v1 API; type custom replaces it` };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {authorization: {type: simple}}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {authorization: {type: opa, url: 'http://opa:8181/v1/data/kafka/allow'}}}
`,
};

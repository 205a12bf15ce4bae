import { hasField, textAt } from '../../field.js';
import { KAFKA, USER } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import type { ReferenceRule } from '../../rule.js';
import { namespaceKeys } from '../../universe.js';
import { clusterLabelOf, kafkasOf, takesAcls } from './kafka-cluster.js';

export const userAuthorization: ReferenceRule = {
  id: 'references/user-authorization',
  severity: 'error',
  title: 'A user has ACLs only where its Kafka has authorization',
  source: 'R14; strimzi-kafka-operator, KafkaUserModel.java (fromCrd) and KafkaAuthorization.supportsAdminApi',
  consequence: 'The User Operator refuses the user: it is not Ready and gets no Secret. Until Kafka has authorization, every client may do everything.',
  fix: 'Write `authorization: {type: simple}` under spec.kafka of the Kafka.',
  reach: 'references',
  on: [USER],
  *check(subject, universe) {
    const path = ['spec', 'authorization'];
    if (!hasField(subject.resource.body, ...path)) return;
    // A user that does not say its Kafka (which is a finding of its own) means the one of its namespace.
    const kafkas =
      clusterLabelOf(subject) === undefined
        ? byNamespace(universe).all(...namespaceKeys.looked(subject.namespace).map((namespace) => `${subject.scope}\n${namespace}`))
        : kafkasOf(subject, universe);
    const [first] = kafkas;
    if (first === undefined || kafkas.some(takesAcls)) return;
    const type = textAt(first.resource.body, 'spec', 'kafka', 'authorization', 'type');
    yield {
      path,
      message: `the user has ACLs, but the Kafka ${first.resource.name} has ${type === undefined ? 'no authorization' : `the authorization ${type}, which takes none`}`,
    };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {authorization: {type: simple}}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: order-processor, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  authentication: {type: scram-sha-512}
  authorization: {type: simple, acls: [{resource: {type: topic, name: orders}, operations: [Read]}]}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: order-processor, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  authentication: {type: scram-sha-512}
  authorization: {type: simple, acls: [{resource: {type: topic, name: orders}, operations: [Read]}]}
`,
};

const byNamespace = oncePerUniverse(
  (universe) => new OrderedIndex(universe.of(KAFKA), ({ scope, namespace }) => namespaceKeys.filed(namespace).map((key) => `${scope}\n${key}`)),
);

import { textAt } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';

export const watchedNamespace: ResourceRule = {
  id: 'strimzi/watched-namespace',
  severity: 'warning',
  title: 'Topics and users are watched in the namespace of their Kafka',
  source: 'R8; strimzi-kafka-operator, CHANGELOG.md (1.0.1), EntityOperatorReconciler.java',
  consequence:
    'Since 1.0.1 this is off by default: unless the Cluster Operator runs with STRIMZI_ENTITY_OPERATOR_WATCHED_NAMESPACE_ENABLED=true, it fails and deletes the Entity Operator.',
  fix: 'Delete watchedNamespace, and put KafkaTopics and KafkaUsers into the namespace of the Kafka.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource, namespace }) {
    if (namespace === undefined) return;
    for (const operator of ['topicOperator', 'userOperator']) {
      const path = ['spec', 'entityOperator', operator, 'watchedNamespace'];
      const watched = textAt(resource.body, ...path);
      if (!watched || watched === namespace || isSubstituted(watched)) continue;
      yield { path, message: `${operator} watches namespace ${watched}, but this Kafka is in ${namespace}` };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {entityOperator: {topicOperator: {watchedNamespace: kafka}, userOperator: {}}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {entityOperator: {topicOperator: {}, userOperator: {watchedNamespace: flink}}}
`,
};

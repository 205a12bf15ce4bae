import { hasField } from '../../field.js';
import { KAFKA, TOPIC, USER } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import type { ReferenceRule } from '../../rule.js';
import { clustersOf } from '../argocd/applications.js';
import { clusterLabelOf, kafkasOf } from './kafka-cluster.js';

const OPERATORS = [
  { kind: TOPIC, field: 'topicOperator', name: 'Topic Operator', alone: 'strimzi-topic-operator' },
  { kind: USER, field: 'userOperator', name: 'User Operator', alone: 'strimzi-user-operator' },
] as const;

export const entityOperator: ReferenceRule = {
  id: 'references/entity-operator',
  severity: 'error',
  title: 'A Kafka with topics or users has the operator that takes them up',
  source: 'R8; Strimzi documentation, "Deploying the Topic Operator" and "Deploying the User Operator"',
  consequence: 'No topic is made and no user exists: the resources have no status, and Argo CD shows Progressing for ever.',
  fix: 'Write `entityOperator: {topicOperator: {}, userOperator: {}}` under spec of the Kafka.',
  reach: 'references',
  on: [KAFKA],
  *check(subject, universe) {
    for (const { kind, field, name, alone } of OPERATORS) {
      const path = ['spec', 'entityOperator', field];
      // `topicOperator:` with nothing behind it is null, which the API server drops.
      if (hasField(subject.resource.body, ...path)) continue;
      if (standalone(universe).has(`${alone} ${subject.scope}`)) continue;
      const keys = clustersOf(subject, universe).map((cluster) => [kind, cluster, subject.resource.name].join('\n'));
      const first = entities(universe).first(keys, (entity) => kafkasOf(entity, universe).includes(subject));
      if (first === undefined) continue;
      yield {
        path,
        message: `the Kafka ${subject.resource.name} has no ${name}, which the ${first.resource.kind} ${first.resource.name} needs`,
        fix: `Write \`${field}: {}\` under spec.entityOperator of the Kafka.`,
      };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {entityOperator: {topicOperator: {}}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {entityOperator: {userOperator: {}}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
`,
};

/** Operators that are deployed by themselves, each with the scope that it is in. */
const standalone = oncePerUniverse(
  (universe) =>
    new Set(
      universe
        .of('apps/Deployment')
        .flatMap(({ resource, scope }) => OPERATORS.flatMap(({ alone }) => (resource.name.includes(alone) ? [`${alone} ${scope}`] : []))),
    ),
);

/** Topics and users by the Kafka that they name, in each cluster that they may be in. */
const entities = oncePerUniverse(
  (universe) =>
    new OrderedIndex(
      OPERATORS.flatMap(({ kind }) => universe.of(kind)),
      (entity) => clustersOf(entity, universe).map((cluster) => [entity.groupKind, cluster, clusterLabelOf(entity) ?? ''].join('\n')),
    ),
);

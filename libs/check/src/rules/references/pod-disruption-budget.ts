import { fieldAt, listAt, mapAt, scalarText, textAt } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import type { ReferenceRule } from '../../rule.js';
import { CLUSTER_LABEL } from '../strimzi/labels.js';
import { agrees } from '../../universe.js';

/** What Strimzi makes a budget for, with the values of its label strimzi.io/kind. */
const BUDGETED = ['Kafka', 'KafkaBridge', 'KafkaConnect', 'KafkaMirrorMaker2'];

export const podDisruptionBudget: ReferenceRule = {
  id: 'references/pod-disruption-budget',
  severity: 'warning',
  title: 'No PodDisruptionBudget is written for pods of Strimzi',
  source: 'R17; strimzi-kafka-operator, KafkaCluster.java (generatePodDisruptionBudget); Kubernetes, eviction API',
  consequence: 'Strimzi makes a budget of its own. With two budgets on a pod every eviction fails: no node can be drained.',
  fix: 'Remove the PodDisruptionBudget and set spec.kafka.template.podDisruptionBudget.maxUnavailable of the Kafka.',
  reach: 'references',
  on: ['policy/PodDisruptionBudget'],
  *check(subject, universe) {
    const labels = mapAt(subject.resource.body, 'spec', 'selector', 'matchLabels');
    const kind = textAt(labels, 'strimzi.io/kind');
    const cluster = textAt(labels, CLUSTER_LABEL);
    if (cluster === undefined && kind === undefined) return;
    if (kind !== undefined && !BUDGETED.includes(kind)) return;
    const owner = kind === undefined ? KAFKA : `kafka.strimzi.io/${kind}`;
    const owners = cluster === undefined ? universe.near(subject, owner) : universe.called(subject, owner, cluster);
    if (!owners.some(({ namespace }) => agrees(namespace, subject.namespace)) || leftToOthers(universe).has(subject.scope)) return;
    yield {
      path: ['spec', 'selector', 'matchLabels'],
      message: `this budget selects pods of the ${kind ?? 'Kafka'}${cluster === undefined ? '' : ` ${cluster}`}, for which Strimzi makes one`,
    };
  },
  passes: `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: order-api, namespace: kafka}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: order-api}}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: kafka-cluster-brokers, namespace: kafka}
spec: {maxUnavailable: 1, selector: {matchLabels: {strimzi.io/cluster: kafka-cluster, strimzi.io/kind: Kafka}}}
`,
};

/** Scopes whose operator is told to make no budgets. */
const leftToOthers = oncePerUniverse(
  (universe) =>
    new Set(
      universe
        .of('apps/Deployment')
        .filter(({ resource }) =>
          listAt(resource.body, 'spec', 'template', 'spec', 'containers').some((container) =>
            listAt(container, 'env').some(
              (entry) => textAt(entry, 'name') === 'STRIMZI_POD_DISRUPTION_BUDGET_GENERATION' && scalarText(fieldAt(entry, 'value')) === 'false',
            ),
          ),
        )
        .map(({ scope }) => scope),
    ),
);

import { fieldAt, listAt, scalarText, textAt } from '../../field.js';
import { KAFKA, REBALANCE } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ReferenceRule } from '../../rule.js';
import { isTogether } from '../../universe.js';

const ANNOTATION = 'strimzi.io/rebalance-template';

export const rebalanceTemplate: ReferenceRule = {
  id: 'references/rebalance-template',
  severity: 'warning',
  title: 'What Cruise Control rebalances by is there, and is a template',
  source: 'R20; strimzi-kafka-operator, KafkaAutoRebalancingReconciler.java (a template that does not exist: auto-rebalancing is skipped)',
  consequence:
    'Brokers are added and stay empty, or a removal waits for ever: the operator logs a warning and moves nothing. A KafkaRebalance without the annotation is a rebalance of its own, which starts when it is applied.',
  fix: `Add a KafkaRebalance of this name, with the annotation \`${ANNOTATION}: "true"\`, to the namespace of the Kafka.`,
  reach: 'references',
  on: [KAFKA],
  *check(subject, universe) {
    const at = ['spec', 'cruiseControl', 'autoRebalance'];
    for (const [index, entry] of listAt(subject.resource.body, ...at).entries()) {
      const path = [...at, index, 'template', 'name'];
      const name = textAt(entry, 'template', 'name');
      if (name === undefined || name === '' || isSubstituted(name)) continue;
      const mode = textAt(entry, 'mode') ?? 'a change of brokers';
      const templates = universe.named(subject, REBALANCE, name);
      if (templates.length === 0) {
        // Somebody else may make it, where this run does not have all that there is.
        const isElsewhere = universe.called(subject, REBALANCE, name).find(({ origin }) => isTogether(origin, subject.origin));
        if (isElsewhere !== undefined) {
          yield {
            path,
            message: `${mode} takes the KafkaRebalance ${name}, which stands in namespace ${isElsewhere.namespace ?? ''}, not in that of the Kafka`,
          };
        } else if (universe.isComplete(subject)) yield { path, message: `${mode} takes the KafkaRebalance ${name}, and there is none` };
      } else if (templates.every(({ resource }) => scalarText(fieldAt(resource.body, 'metadata', 'annotations', ANNOTATION)) !== 'true')) {
        yield { path, message: `${mode} takes the KafkaRebalance ${name}, which is no template: it lacks the annotation ${ANNOTATION}` };
      }
    }
  },
  passes: example('strimzi.io/rebalance-template: "true"'),
  fails: example('strimzi.io/rebalance-auto-approval: "true"'),
};

function example(annotation: string): string {
  return `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  cruiseControl: {autoRebalance: [{mode: add-brokers, template: {name: new-brokers}}]}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaRebalance
metadata:
  name: new-brokers
  namespace: kafka
  labels: {strimzi.io/cluster: kafka-cluster}
  annotations: {${annotation}}
spec: {}
`;
}

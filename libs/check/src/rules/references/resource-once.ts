import { fieldAt } from '../../field.js';
import { isSubstituted } from '../../placeholder.js';
import type { ReferenceRule } from '../../rule.js';
import { nameOf, type Subject } from '../../subject.js';
import { isTogether, type Universe } from '../../universe.js';
import { deliveriesOf } from '../argocd/applications.js';

export const resourceOnce: ReferenceRule = {
  id: 'references/resource-once',
  severity: 'error',
  title: 'A resource is declared once',
  source: 'kubectl apply; argo-cd, controller/state.go (RepeatedResourceWarning)',
  consequence: 'The later one overwrites the earlier one without a word, or the two take turns.',
  fix: 'Remove one of the two, or give it a name of its own.',
  reach: 'references',
  on: 'any',
  *check(subject, universe) {
    // kustomize refuses its own doubles.
    if (
      subject.origin.kind === 'overlay' ||
      subject.resource.name === '' ||
      fieldAt(subject.resource.body, 'metadata', 'name') === undefined ||
      isSubstituted(subject.resource.name)
    )
      return;
    const same = universe
      .named(subject, subject.groupKind, subject.resource.name)
      .filter((other) => other.namespace === subject.namespace && isAppliedWith(subject, other, universe));
    const [first] = same;
    if (first === undefined || first === subject || !same.includes(subject)) return;
    const where = first.origin.kind === 'file' ? first.origin.file : first.origin.overlay;
    yield { path: ['metadata', 'name'], message: `${nameOf(subject)} is declared in ${where} already` };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: payments, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 10}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 20}
`,
};

/** Whether one command applies both: files of a folder may be alternatives. */
function isAppliedWith(one: Subject, other: Subject, universe: Universe): boolean {
  if (one.origin.kind === 'overlay' || other.origin.kind === 'overlay') return false;
  if (isTogether(one.origin, other.origin)) return true;
  const deliveries = deliveriesOf(universe);
  return deliveries.to(one).some((application) => deliveries.to(other).includes(application));
}

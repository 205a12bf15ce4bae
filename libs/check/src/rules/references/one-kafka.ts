import { KAFKA } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import type { ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import type { Universe } from '../../universe.js';
import { clustersOf } from '../argocd/applications.js';

export const oneKafka: ReferenceRule = {
  id: 'references/one-kafka',
  severity: 'warning',
  title: 'A namespace has one Kafka',
  source: 'R8; Strimzi documentation, "Deploying Kafka clusters" (proc-deploy-kafka-cluster-kraft)',
  consequence: 'Names of topics, users and Secrets of the two clusters meet in one namespace: a user of one can take the Secret of the other.',
  fix: 'Give each Kafka a namespace of its own.',
  reach: 'references',
  on: [KAFKA],
  *check(subject, universe) {
    const { namespace } = subject;
    // Without a namespace it is not known that they share one: a file of examples is applied where a person says.
    if (namespace === undefined) return;
    const first = byNamespace(universe).first(keysOf(subject, universe));
    if (first === undefined || first === subject || first.resource.name === subject.resource.name) return;
    yield { path: ['metadata', 'namespace'], message: `namespace ${namespace} already has the Kafka ${first.resource.name}` };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: orders, namespace: kafka-orders}
---
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: billing, namespace: kafka-billing}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: orders, namespace: kafka}
---
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: billing, namespace: kafka}
`,
};

/** Kafkas by namespace, in each cluster that they may be in. */
const byNamespace = oncePerUniverse((universe) => new OrderedIndex(universe.of(KAFKA), (kafka) => keysOf(kafka, universe)));

function keysOf(kafka: Subject, universe: Universe): readonly string[] {
  return clustersOf(kafka, universe).map((cluster) => `${cluster}\n${kafka.namespace ?? ''}`);
}

import { mapAt, scalarText, type FieldPath } from '../../field.js';
import type { ResourceRule } from '../../rule.js';

/** Where a kind has the annotations that its Secret gets. */
const annotated: Readonly<Record<string, FieldPath>> = {
  Secret: ['metadata', 'annotations'],
  'kafka.strimzi.io/KafkaUser': ['spec', 'template', 'secret', 'metadata', 'annotations'],
};

/** Switches of the programs that copy Secrets, the lists of namespaces that go with them, and what it means to have no list. */
const switches: readonly { readonly name: string; readonly namespaces: string; readonly withoutList: 'every namespace' | 'none' }[] = [
  {
    name: 'reflector.v1.k8s.emberstack.com/reflection-allowed',
    namespaces: 'reflector.v1.k8s.emberstack.com/reflection-allowed-namespaces',
    withoutList: 'every namespace',
  },
  { name: 'replicator.v1.mittwald.de/replication-allowed', namespaces: 'replicator.v1.mittwald.de/replication-allowed-namespaces', withoutList: 'none' },
];

export const reflectedSecret: ResourceRule = {
  id: 'security/reflected-secret',
  severity: 'warning',
  title: 'A Secret that may be copied says to which namespaces',
  source:
    'R70; emberstack/kubernetes-reflector, README (no list means every namespace); mittwald/kubernetes-replicator, IsReplicationPermitted (no list means none)',
  consequence: 'Whoever may make a Secret, in any namespace, gets a copy of the credentials.',
  fix: 'Name the namespaces in the annotation that ends in "-allowed-namespaces".',
  reach: 'resource',
  on: Object.keys(annotated),
  *check({ resource: { body }, groupKind }) {
    const path = annotated[groupKind] ?? [];
    const annotations = mapAt(body, ...path);
    for (const { name, namespaces, withoutList } of switches) {
      if (scalarText(annotations[name]) !== 'true') continue;
      const list = scalarText(annotations[namespaces])?.trim() ?? '';
      if (list === '' ? withoutList === 'none' : !/^(?:\.?\*|\^?\.\*\$?)$/.test(list)) continue;
      yield {
        path: [...path, list === '' ? name : namespaces],
        message: `the Secret may be copied to every namespace: ${namespaces} ${list === '' ? 'is missing' : `is ${list}`}`,
      };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  authentication: {type: scram-sha-512}
  template:
    secret:
      metadata:
        annotations:
          reflector.v1.k8s.emberstack.com/reflection-allowed: "true"
          reflector.v1.k8s.emberstack.com/reflection-allowed-namespaces: flink
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  authentication: {type: scram-sha-512}
  template:
    secret:
      metadata:
        annotations:
          reflector.v1.k8s.emberstack.com/reflection-allowed: "true"
`,
};

import { FLINK_DEPLOYMENT, FLINK_SESSION_JOB, KAFKA } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { operatorsOf, type Operator } from '../operators/operators.js';

const KINDS = new Map<string, Operator['kind']>([
  [KAFKA, 'strimzi'],
  [FLINK_DEPLOYMENT, 'flink'],
  [FLINK_SESSION_JOB, 'flink'],
]);

export const watchingOperator: ReferenceRule = {
  id: 'references/watching-operator',
  severity: 'error',
  title: 'In an environment that is checked as a whole, an operator watches the namespace of each resource that it should look after',
  source:
    'R23, R45; strimzi-kafka-operator, ClusterOperatorConfig.java (STRIMZI_NAMESPACE) and its chart; flink-kubernetes-operator, values.yaml (watchNamespaces)',
  consequence: 'Nothing happens: the resource is accepted, has no status, and no pod is made.',
  fix: "Add the namespace to what the operator watches: watchNamespaces of its chart's values, or STRIMZI_NAMESPACE.",
  reach: 'references',
  on: [...KINDS.keys()],
  *check(subject, universe) {
    const { namespace } = subject;
    if (namespace === undefined || !universe.isComplete(subject)) return;
    const operators = operatorsOf(universe).filter(({ kind, from }) => kind === KINDS.get(subject.groupKind) && from.scope === subject.scope);
    const names = new Set<string>();
    for (const { watched } of operators) {
      if (watched === undefined || watched === 'everywhere' || watched.has(namespace)) return;
      for (const name of watched) names.add(name);
    }
    if (operators.length === 0) return;
    yield { path: ['metadata', 'namespace'], message: `no operator of ${subject.scope} watches namespace ${namespace}, but ${[...names].sort().join(', ')}` };
  },
  passes: example('kafka'),
  fails: example('kafka-old'),
};

function example(watched: string): Record<string, string> {
  return {
    'environments/prod/strimzi.yaml': `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: strimzi, namespace: argocd}
spec:
  project: operators
  source:
    repoURL: oci://quay.io/strimzi-helm/strimzi-kafka-operator
    path: .
    targetRevision: 1.2.0
    helm: {valuesObject: {watchNamespaces: [${watched}]}}
  destination: {server: https://kubernetes.default.svc, namespace: strimzi-operator}
`,
    'environments/prod/kafka.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {}}
`,
  };
}

import type { ReferenceRule } from '../../rule.js';
import { nameOf, type Subject } from '../../subject.js';
import { APPLICATION, clusterOf, deliveriesOf, destinationNamespace, inOneArgoCd, type Deliveries } from './applications.js';

export const sharedResource: ReferenceRule = {
  id: 'argocd/shared-resource',
  severity: 'error',
  title: 'A resource is delivered by one Application',
  source: 'R57, R58; argo-cd, controller/state.go (SharedResourceWarning) and controller/sync.go (FailOnSharedResource)',
  consequence:
    'The two Applications overwrite each other for ever, and one that is deleted takes the resource along; with FailOnSharedResource=true the second one does not sync.',
  fix: 'Take the resource out of the sources of one of the two.',
  reach: 'references',
  on: [APPLICATION],
  *check(subject, universe) {
    const cluster = clusterOf(subject);
    if (cluster === undefined) return;
    const deliveries = deliveriesOf(universe);
    const mine = deliveries.of(subject);
    if (mine.length === 0) return;
    const all = universe.near(subject, APPLICATION);
    for (const other of all.slice(0, all.indexOf(subject))) {
      if (clusterOf(other) !== cluster || !inOneArgoCd(subject, other, universe)) continue;
      // The same Application twice is one that is declared twice.
      if (other.resource.name === subject.resource.name && other.namespace === subject.namespace) continue;
      const its = keysOf(other, deliveries);
      const [shared] = mine.filter((delivered) => delivered.resource.name !== '' && its.has(keyOf(delivered, subject)));
      if (shared === undefined) continue;
      yield { path: ['spec', 'source', 'path'], message: `${nameOf(shared)} is delivered by Application ${other.resource.name} too` };
      return;
    }
  },
  passes: sharedExample('payments'),
  fails: sharedExample('orders'),
};

const keys = new WeakMap<Deliveries, Map<Subject, ReadonlySet<string>>>();

/** Each Application is compared with many: what it delivers is written down once. */
function keysOf(application: Subject, deliveries: Deliveries): ReadonlySet<string> {
  const known = keys.get(deliveries) ?? new Map<Subject, ReadonlySet<string>>();
  keys.set(deliveries, known);
  const made = known.get(application) ?? new Set(deliveries.of(application).map((delivered) => keyOf(delivered, application)));
  known.set(application, made);
  return made;
}

function keyOf({ groupKind, resource }: Subject, application: Subject): string {
  return `${groupKind} ${resource.namespace ?? destinationNamespace(application) ?? ''}/${resource.name}`;
}

function sharedExample(second: string): Record<string, string> {
  const application = (name: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  project: streaming
  source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: pipelines/${name}}
  destination: {server: https://kubernetes.default.svc, namespace: kafka}
`;
  const topic = (name: string): string => `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: ${name}, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
`;
  return {
    'argocd/applications.yaml': `${application('orders')}---${application('billing')}`,
    'pipelines/orders/topic.yaml': topic('orders'),
    'pipelines/billing/topic.yaml': topic(second),
  };
}

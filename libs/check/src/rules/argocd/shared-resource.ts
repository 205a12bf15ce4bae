import { APPLICATION } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import type { ReferenceRule } from '../../rule.js';
import { nameOf, type Subject } from '../../subject.js';
import type { Universe } from '../../universe.js';
import { argoCdOf, destinationCluster, deliveriesOf, destinationNamespace } from './applications.js';
import { scopeOf } from './projects.js';

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
    const cluster = destinationCluster(subject);
    if (cluster === undefined) return;
    const mine = deliveriesOf(universe).of(subject);
    if (mine.length === 0) return;
    const applications = byDelivered(universe);
    let found: { readonly other: Subject; readonly shared: Subject } | undefined;
    for (const shared of mine) {
      if (shared.resource.name === '') continue;
      // The same Application twice is one that is declared twice.
      const other = applications.first([keyOf(shared, subject, cluster, universe)], (each) => !isSame(each, subject));
      if (other === undefined || !applications.isBefore(other, found?.other ?? subject)) continue;
      found = { other, shared };
    }
    if (found === undefined) return;
    yield { path: ['spec', 'source', 'path'], message: `${nameOf(found.shared)} is delivered by Application ${found.other.resource.name} too` };
  },
  passes: sharedExample('payments'),
  fails: sharedExample('orders'),
};

/** Applications by what they deliver, and where. */
const byDelivered = oncePerUniverse((universe) => {
  const deliveries = deliveriesOf(universe);
  return new OrderedIndex(universe.of(APPLICATION), (application) => {
    const cluster = destinationCluster(application);
    return cluster === undefined ? [] : new Set(deliveries.of(application).map((delivered) => keyOf(delivered, application, cluster, universe)));
  });
});

/** What two Applications have in common that deliver one resource to one cluster from one Argo CD. */
function keyOf(delivered: Subject, application: Subject, cluster: string, universe: Universe): string {
  const { groupKind, resource } = delivered;
  // What has no namespace is one, wherever its Applications deliver.
  const namespace = scopeOf(delivered, universe) === 'cluster' ? '' : (resource.namespace ?? destinationNamespace(application) ?? '');
  return [argoCdOf(application, universe), cluster, groupKind, `${namespace}/${resource.name}`].join('\n');
}

function isSame(one: Subject, other: Subject): boolean {
  return one.resource.name === other.resource.name && one.namespace === other.namespace;
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

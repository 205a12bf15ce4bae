import { fieldAt, isMap, textAt } from '../../field.js';
import { APPLICATION, FLINK_DEPLOYMENT, KAFKA, NODE_POOL, TOPIC } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import { deliverySyncOptions, hasOption, ownSyncOptions } from './annotations.js';
import { deliveriesOf } from './applications.js';

/** Deleting one of them deletes records, or all that there is of a kind or in a namespace. */
const STATEFUL = [KAFKA, NODE_POOL, TOPIC, 'PersistentVolumeClaim', 'Namespace', 'apiextensions.k8s.io/CustomResourceDefinition'];
const GUARDS = ['Prune=confirm', 'Prune=false'];

export const pruneGuard: ReferenceRule = {
  id: 'argocd/prune-guard',
  severity: 'warning',
  title: 'What holds data is pruned only after a person has said so',
  source:
    'R12, R57; Argo CD documentation, "Sync Options" (Resource Pruning With Confirmation, 2.14); Strimzi: deleting a KafkaTopic deletes the topic, unless it has strimzi.io/managed: "false"',
  consequence:
    'A file that is renamed or left out of a kustomization deletes the topic, the job or the cluster with its data; with a namespace or a definition goes everything that is of it.',
  fix: 'Annotate the resources with `argocd.argoproj.io/sync-options: Prune=confirm,Delete=confirm`.',
  reach: 'references',
  on: [APPLICATION],
  *check(subject, universe) {
    const automated = fieldAt(subject.resource.body, 'spec', 'syncPolicy', 'automated');
    if (fieldAt(automated, 'prune') !== true || fieldAt(automated, 'enabled') === false) return;
    if (hasOption(deliverySyncOptions(subject), ...GUARDS)) return;
    const bare = deliveriesOf(universe)
      .of(subject)
      .filter((delivered) => holdsData(delivered) && !hasOption(ownSyncOptions(delivered), ...GUARDS));
    const [first] = bare;
    if (first === undefined) return;
    yield {
      path: ['spec', 'syncPolicy', 'automated', 'prune'],
      message: `the Application prunes by itself, also ${first.resource.kind} ${first.resource.name}${bare.length === 1 ? '' : ` and ${bare.length - 1} more`}, which nothing guards`,
    };
  },
  passes: example('{argocd.argoproj.io/sync-options: "Prune=confirm,Delete=confirm"}'),
  fails: example('{}'),
};

function holdsData({ groupKind, resource: { body } }: Subject): boolean {
  // Without its operator's care a KafkaTopic goes and the topic stays: that is how one takes a topic out of git.
  if (groupKind === TOPIC) return textAt(body, 'metadata', 'annotations', 'strimzi.io/managed') !== 'false';
  // Of a job that starts anew each time nothing is lost; neither of a session cluster, whose jobs have state of their own.
  if (groupKind === FLINK_DEPLOYMENT)
    return isMap(fieldAt(body, 'spec', 'job')) && !['stateless', undefined].includes(textAt(body, 'spec', 'job', 'upgradeMode'));
  return STATEFUL.includes(groupKind);
}

function example(annotations: string): Record<string, string> {
  return {
    'argocd/orders.yaml': `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: orders, namespace: argocd}
spec:
  project: team-orders
  source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: pipelines/orders}
  destination: {server: https://kubernetes.default.svc, namespace: kafka}
  syncPolicy: {automated: {prune: true, selfHeal: true}}
`,
    'pipelines/orders/topic.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}, annotations: ${annotations}}
`,
  };
}

import { fieldAt, textAt, textsAt } from '../../field.js';
import { APPLICATION, KAFKA, NODE_POOL, TOPIC } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import { deliveriesOf } from './applications.js';

/** Deleting one of them deletes records. */
const STATEFUL = [KAFKA, NODE_POOL, TOPIC, 'PersistentVolumeClaim'];

export const pruneGuard: ReferenceRule = {
  id: 'argocd/prune-guard',
  severity: 'warning',
  title: 'What holds data is pruned only after a person has said so',
  source: 'R57; Argo CD documentation, "Sync Options" (Resource Pruning With Confirmation, 2.14); Strimzi: deleting a KafkaTopic deletes the topic',
  consequence: 'A file that is renamed or left out of a kustomization deletes the topic or the cluster, with its data.',
  fix: 'Annotate the resources with `argocd.argoproj.io/sync-options: Prune=confirm,Delete=confirm`.',
  reach: 'references',
  on: [APPLICATION],
  *check(subject, universe) {
    const automated = fieldAt(subject.resource.body, 'spec', 'syncPolicy', 'automated');
    if (fieldAt(automated, 'prune') !== true || fieldAt(automated, 'enabled') === false) return;
    if (textsAt(subject.resource.body, 'spec', 'syncPolicy', 'syncOptions').some((option) => /^Prune=(?:false|confirm)$/.test(option))) return;
    const bare = deliveriesOf(universe)
      .of(subject)
      .filter((delivered) => STATEFUL.includes(delivered.groupKind) && !isGuarded(delivered));
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

function isGuarded({ resource }: Subject): boolean {
  return /(?:^|,)\s*Prune=(?:confirm|false)\s*(?:,|$)/.test(textAt(resource.body, 'metadata', 'annotations', 'argocd.argoproj.io/sync-options') ?? '');
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

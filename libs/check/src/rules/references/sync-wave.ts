import { listAt, textAt } from '../../field.js';
import {
  CLUSTER_SECRET_STORE,
  EXTERNAL_SECRET,
  FLINK_BLUE_GREEN,
  FLINK_DEPLOYMENT,
  FLINK_SESSION_JOB,
  KAFKA,
  NODE_POOL,
  REBALANCE,
  ROLE_BINDING,
  TOPIC,
  USER,
} from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import type { ReferenceRule } from '../../rule.js';
import { nameOf, type Subject } from '../../subject.js';
import { agrees, isTogether, type Universe } from '../../universe.js';
import { SYNC_WAVE, waveOf } from '../argocd/annotations.js';
import { deliveriesOf } from '../argocd/applications.js';
import { clusterLabelOf } from './kafka-cluster.js';
import { READERS, configReferences } from './pods.js';

export const syncWave: ReferenceRule = {
  id: 'references/sync-wave',
  severity: 'error',
  title: 'What a resource needs to become healthy is in no later wave than the resource',
  source: 'R52; argo-cd, gitops-engine sync_context.go: a wave begins when the one before is healthy; syncwaves/waves.go',
  consequence: 'The sync fails or waits for ever: Argo CD applies what is needed only after what needs it is healthy.',
  fix: 'Give the resource a wave that is not below that of what it needs; a Kafka and its node pools share one.',
  reach: 'references',
  on: 'any',
  *check(subject, universe) {
    const wave = waveOf(subject);
    if (wave === undefined) return;
    const later = (other: Subject): boolean => (waveOf(other) ?? wave) > wave && isSyncedWith(subject, other, universe);
    for (const [kind, name] of needsOf(subject)) {
      if (name === undefined) continue;
      const other = providers(subject, kind, name, universe).find(later);
      if (other === undefined) continue;
      yield {
        path: ['metadata', 'annotations', SYNC_WAVE],
        message: `${nameOf(subject)} is in wave ${wave}, but needs ${nameOf(other)} of wave ${waveOf(other) ?? 0}`,
      };
      return;
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka, annotations: {argocd.argoproj.io/sync-wave: "0"}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata:
  name: broker
  namespace: kafka
  labels: {strimzi.io/cluster: kafka-cluster}
  annotations: {argocd.argoproj.io/sync-wave: "0"}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka, annotations: {argocd.argoproj.io/sync-wave: "0"}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata:
  name: broker
  namespace: kafka
  labels: {strimzi.io/cluster: kafka-cluster}
  annotations: {argocd.argoproj.io/sync-wave: "10"}
`,
};

/** What runs pods and is not healthy before they run. A CronJob is healthy without any; of blue-green deployments Argo CD knows no health. */
const WAITED_FOR: readonly string[] = READERS.filter((kind) => kind !== 'batch/CronJob' && kind !== FLINK_BLUE_GREEN);

// Namespaces and CRDs are not among them: Argo CD moves those before what needs them, whatever their wave (sync_tasks.go, adjustDeps).
type Need = readonly [kind: string, name: string | undefined];

/** What a resource needs to become healthy, by the name that {@link providers} finds it by. */
function* needsOf(subject: Subject): Generator<Need> {
  const { resource, groupKind } = subject;
  if (groupKind === KAFKA) yield [NODE_POOL, resource.name];
  if (groupKind === TOPIC || groupKind === USER || groupKind === REBALANCE) yield [KAFKA, clusterLabelOf(subject)];
  if (groupKind === FLINK_SESSION_JOB) yield [FLINK_DEPLOYMENT, textAt(resource.body, 'spec', 'deploymentName')];
  if (groupKind === EXTERNAL_SECRET) {
    const store = textAt(resource.body, 'spec', 'secretStoreRef', 'kind') ?? 'SecretStore';
    yield [`external-secrets.io/${store}`, textAt(resource.body, 'spec', 'secretStoreRef', 'name')];
  }
  if (!WAITED_FOR.includes(groupKind)) return;
  const account =
    groupKind === FLINK_DEPLOYMENT ? textAt(resource.body, 'spec', 'serviceAccount') : textAt(resource.body, 'spec', 'template', 'spec', 'serviceAccountName');
  if (account !== undefined) {
    yield ['ServiceAccount', account];
    if (groupKind === FLINK_DEPLOYMENT) yield [ROLE_BINDING, account];
  }
  for (const { kind, name, optional } of configReferences(subject)) {
    if (optional) continue;
    yield [kind, name];
    if (kind === 'Secret') yield [EXTERNAL_SECRET, name];
  }
}

/** The resources that provide a need: most by their own name, some by another. */
function providers(subject: Subject, kind: string, name: string, universe: Universe): readonly Subject[] {
  const found = namesOf.has(kind) ? byOtherName(universe).all([kind, subject.scope, name].join('\n')) : universe.called(subject, kind, name);
  // A store of the cluster serves every namespace.
  if (kind === CLUSTER_SECRET_STORE) return found;
  const near = found.filter(({ namespace }) => agrees(namespace, subject.namespace));
  return kind === ROLE_BINDING ? near.filter((binding) => binds(binding, name, subject.namespace)) : near;
}

/** What kinds go by that provide something under another name than their own. */
const namesOf: ReadonlyMap<string, (subject: Subject) => readonly string[]> = new Map([
  [NODE_POOL, (pool: Subject) => [clusterLabelOf(pool) ?? '']],
  [ROLE_BINDING, (binding: Subject) => listAt(binding.resource.body, 'subjects').flatMap((entry) => textAt(entry, 'name') ?? [])],
  [EXTERNAL_SECRET, ({ resource }: Subject) => [textAt(resource.body, 'spec', 'target', 'name') ?? resource.name]],
]);

const byOtherName = oncePerUniverse(
  (universe) =>
    new OrderedIndex(
      [...namesOf.keys()].flatMap((kind) => universe.of(kind)),
      (subject) => new Set((namesOf.get(subject.groupKind)?.(subject) ?? []).map((name) => [subject.groupKind, subject.scope, name].join('\n'))),
    ),
);

function binds(binding: Subject, account: string, namespace: string | undefined): boolean {
  return listAt(binding.resource.body, 'subjects').some((entry) => textAt(entry, 'name') === account && agrees(textAt(entry, 'namespace'), namespace));
}

/** Whether one operation applies both. */
function isSyncedWith(one: Subject, other: Subject, universe: Universe): boolean {
  if (isTogether(one.origin, other.origin)) return true;
  const deliveries = deliveriesOf(universe);
  return deliveries.to(one).some((application) => deliveries.to(other).includes(application));
}

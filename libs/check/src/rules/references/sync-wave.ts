import { fieldAt, listAt, scalarText, textAt } from '../../field.js';
import type { ReferenceRule } from '../../rule.js';
import { nameOf, type Subject } from '../../subject.js';
import { agrees, isTogether, type Universe } from '../../universe.js';
import { deliveriesOf } from '../argocd/applications.js';
import { KAFKA, NODE_POOL, TOPIC, USER, clusterLabelOf } from './kafka-cluster.js';
import { READERS, configReferences } from './pods.js';

const WAVE = 'argocd.argoproj.io/sync-wave';
const FLINK = 'flink.apache.org/FlinkDeployment';

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
    for (const [kind, isNeeded] of needsOf(subject)) {
      const needed = universe
        .near(subject, kind)
        .filter((other) => agrees(other.namespace, subject.namespace) || kind === 'external-secrets.io/ClusterSecretStore');
      const [other] = needed.filter((each) => isNeeded(each) && later(each));
      if (other === undefined) continue;
      yield {
        path: ['metadata', 'annotations', WAVE],
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

// Namespaces and CRDs are not among them: Argo CD moves those before what needs them, whatever their wave (sync_tasks.go, adjustDeps).
type Need = readonly [kind: string, isNeeded: (other: Subject) => boolean];

function* needsOf(subject: Subject): Generator<Need> {
  const { resource, groupKind, namespace } = subject;
  const named = (name: string | undefined) => (other: Subject) => name !== undefined && other.resource.name === name;
  if (groupKind === KAFKA) yield [NODE_POOL, (other) => clusterLabelOf(other) === resource.name];
  if (groupKind === TOPIC || groupKind === USER || groupKind === 'kafka.strimzi.io/KafkaRebalance') yield [KAFKA, named(clusterLabelOf(subject))];
  if (groupKind === 'flink.apache.org/FlinkSessionJob') yield [FLINK, named(textAt(resource.body, 'spec', 'deploymentName'))];
  if (groupKind === 'external-secrets.io/ExternalSecret') {
    const store = textAt(resource.body, 'spec', 'secretStoreRef', 'kind') ?? 'SecretStore';
    yield [`external-secrets.io/${store}`, named(textAt(resource.body, 'spec', 'secretStoreRef', 'name'))];
  }
  const account =
    groupKind === FLINK ? textAt(resource.body, 'spec', 'serviceAccount') : textAt(resource.body, 'spec', 'template', 'spec', 'serviceAccountName');
  if (account !== undefined) {
    yield ['ServiceAccount', named(account)];
    if (groupKind === FLINK) yield ['rbac.authorization.k8s.io/RoleBinding', (other) => binds(other, account, namespace)];
  }
  if (!READERS.includes(groupKind)) return;
  for (const { kind, name, optional } of configReferences(subject)) {
    if (optional) continue;
    yield [kind, named(name)];
    if (kind === 'Secret')
      yield ['external-secrets.io/ExternalSecret', ({ resource: other }) => (textAt(other.body, 'spec', 'target', 'name') ?? other.name) === name];
  }
}

function binds(binding: Subject, account: string, namespace: string | undefined): boolean {
  return listAt(binding.resource.body, 'subjects').some((entry) => textAt(entry, 'name') === account && agrees(textAt(entry, 'namespace'), namespace));
}

/** The wave of a resource; undefined where hooks, or nobody, say when it is applied. */
function waveOf({ resource }: Subject): number | undefined {
  const annotations = fieldAt(resource.body, 'metadata', 'annotations');
  if (fieldAt(annotations, 'argocd.argoproj.io/hook') !== undefined || fieldAt(annotations, 'helm.sh/hook') !== undefined) return undefined;
  const wave = scalarText(fieldAt(annotations, WAVE));
  if (wave === undefined) return 0;
  // What is no number is a finding of its own.
  return /^[-+]?\d+$/.test(wave) ? Number(wave) : undefined;
}

/** Whether one operation applies both. */
function isSyncedWith(one: Subject, other: Subject, universe: Universe): boolean {
  if (isTogether(one.origin, other.origin)) return true;
  const deliveries = deliveriesOf(universe);
  return deliveries.to(one).some((application) => deliveries.to(other).includes(application));
}

import type { FieldPath } from '../../field.js';
import { USER } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import type { ReferenceRule } from '../../rule.js';
import { nameOf, type Subject } from '../../subject.js';
import { isTogether, type Universe } from '../../universe.js';
import { clustersOf } from '../argocd/applications.js';
import { aclsOf } from '../strimzi/acls.js';
import { clusterLabelOf } from './kafka-cluster.js';

interface Identity {
  readonly type: 'group' | 'transactionalId';
  readonly name: string;
  readonly isPrefix: boolean;
  readonly path: FieldPath;
}

export const aclIdentity: ReferenceRule = {
  id: 'references/acl-identity',
  severity: 'warning',
  title: 'Users of different pipelines have different consumer groups and transactional ids',
  source: 'R87, R89; Apache Kafka, ProducerFencedException and group coordinator',
  consequence: "Clients of two pipelines that use it fence each other's transactions or commit over each other's offsets.",
  fix: 'Name the group or the prefix after the pipeline, in the ACL and in the job.',
  reach: 'references',
  on: [USER],
  *check(subject, universe) {
    const mine = identitiesOf(subject);
    if (mine.length === 0) return;
    const users = byIdentity(universe);
    const places = placesOf(subject, universe);
    for (const identity of mine) {
      const keys = places.flatMap((place) => looked(identity).map((text) => `${place}\n${text}`));
      const other = users.first(keys, (user) => !isTogether(user.origin, subject.origin) && user.resource.name !== subject.resource.name);
      if (other === undefined) continue;
      yield {
        path: identity.path,
        message: `${nameOf(other)} may use the ${identity.type === 'group' ? 'consumer group' : 'transactional id'} ${identity.name} too`,
      };
    }
  },
  passes: pipelines('order-', 'invoice-'),
  fails: pipelines('shop-', 'shop-'),
};

/** Users by the identities that their ACLs name, in each cluster that they may be in. */
const byIdentity = oncePerUniverse((universe) => {
  const identities = universe.of(USER).flatMap(identitiesOf);
  const prefixes = new Set(identities.flatMap(({ type, name, isPrefix }) => (type === 'transactionalId' && isPrefix ? [name] : [])));
  return new OrderedIndex(universe.of(USER), (user) => {
    const texts = new Set(identitiesOf(user).flatMap((identity) => filed(identity, prefixes)));
    return placesOf(user, universe).flatMap((place) => [...texts].map((text) => `${place}\n${text}`));
  });
});

/** Where the clients of two users have to do with each other. */
function placesOf(user: Subject, universe: Universe): readonly string[] {
  return clustersOf(user, universe).map((cluster) => [cluster, clusterLabelOf(user) ?? '', user.namespace ?? ''].join('\n'));
}

/*
 * Two identities meet where one is looked for by a text that the other is filed by. A group that all share by a prefix is the team's
 * choice, so it is not filed; a transactional id is shared by none: not the same one, and none under the prefix of another.
 */
function filed({ type, name, isPrefix }: Identity, prefixes: ReadonlySet<string>): readonly string[] {
  if (type === 'group') return isPrefix ? [] : [`group ${name}`];
  return isPrefix ? [`prefix ${name}`] : [`id ${name}`, ...beginningsOf(name).flatMap((prefix) => (prefixes.has(prefix) ? [`id under ${prefix}`] : []))];
}

function looked({ type, name, isPrefix }: Identity): readonly string[] {
  if (type === 'group') return isPrefix ? [] : [`group ${name}`];
  return isPrefix ? [`prefix ${name}`, `id under ${name}`] : [`id ${name}`, ...beginningsOf(name).map((prefix) => `prefix ${prefix}`)];
}

function beginningsOf(name: string): readonly string[] {
  return Array.from({ length: name.length }, (_, index) => name.slice(0, index + 1));
}

function identitiesOf({ resource }: Subject): readonly Identity[] {
  return aclsOf(resource.body).flatMap(({ allows, resourceType: type, name, isPrefix, path }) => {
    if ((type !== 'group' && type !== 'transactionalId') || !name || name === '*' || !allows) return [];
    return [{ type, name, isPrefix, path: [...path, 'resource', 'name'] }];
  });
}

function pipelines(orders: string, billing: string): Record<string, string> {
  const application = (name: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  project: streaming
  source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: pipelines/${name}}
  destination: {server: https://kubernetes.default.svc, namespace: kafka}
`;
  const user = (name: string, prefix: string): string => `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: ${name}, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  authentication: {type: scram-sha-512}
  authorization:
    type: simple
    acls: [{resource: {type: transactionalId, name: ${prefix}, patternType: prefix}, operations: [Write]}]
`;
  return {
    'argocd/applications.yaml': `${application('orders')}---${application('billing')}`,
    'pipelines/orders/user.yaml': user('orders', orders),
    'pipelines/billing/user.yaml': user('billing', billing),
  };
}

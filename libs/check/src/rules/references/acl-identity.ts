import { fieldAt, listAt, textAt, type FieldPath } from '../../field.js';
import type { ReferenceRule } from '../../rule.js';
import { nameOf, type Subject } from '../../subject.js';
import { isTogether } from '../../universe.js';
import { isDeployedWith } from '../argocd/applications.js';
import { USER, clusterLabelOf } from './kafka-cluster.js';

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
    const others = universe
      .near(subject, USER)
      .filter(
        (other) => !isTogether(other.origin, subject.origin) && clusterLabelOf(other) === clusterLabelOf(subject) && other.namespace === subject.namespace,
      )
      .filter((other) => other.resource.name !== subject.resource.name && isDeployedWith(other, subject, universe));
    for (const identity of mine) {
      const other = others.find((user) => identitiesOf(user).some((its) => meets(identity, its)));
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

/** A group that all share by a prefix is the team's choice; a transactional id is not shared by any. */
function meets(one: Identity, other: Identity): boolean {
  if (one.type !== other.type) return false;
  if (one.type === 'group') return !one.isPrefix && !other.isPrefix && one.name === other.name;
  return one.isPrefix === other.isPrefix ? one.name === other.name : one.isPrefix ? other.name.startsWith(one.name) : one.name.startsWith(other.name);
}

function identitiesOf({ resource }: Subject): readonly Identity[] {
  const at = ['spec', 'authorization', 'acls'];
  return listAt(resource.body, ...at).flatMap((acl, index) => {
    const type = textAt(acl, 'resource', 'type');
    const name = textAt(acl, 'resource', 'name');
    if ((type !== 'group' && type !== 'transactionalId') || !name || name === '*' || fieldAt(acl, 'type') === 'deny') return [];
    return [{ type, name, isPrefix: textAt(acl, 'resource', 'patternType') === 'prefix', path: [...at, index, 'resource', 'name'] }];
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

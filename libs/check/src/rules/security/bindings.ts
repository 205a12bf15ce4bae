import type { Value } from '@millrace/kustomize';

import { listAt, textAt, textsAt } from '../../field.js';
import { CLUSTER_ROLE, ROLE } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import type { Subject } from '../../subject.js';
import { namespaceKeys, type Universe } from '../../universe.js';
import { CLUSTERS, flinkSpecOf } from '../flink/flink-spec.js';

/** One of those that a binding gives a role to. */
export interface Grantee {
  readonly index: number;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** Those that a binding gives its role to; a service account without a namespace is taken for one of the binding's. */
export function granteesOf(binding: Subject): readonly Grantee[] {
  return listAt(binding.resource.body, 'subjects').map((grantee, index) => ({
    index,
    kind: textAt(grantee, 'kind') ?? '',
    name: textAt(grantee, 'name') ?? '',
    namespace: textAt(grantee, 'namespace') ?? binding.namespace,
  }));
}

/** The rules of the role that a binding gives; none where this run does not have it. */
export function rulesOf(binding: Subject, universe: Universe): readonly Value[] {
  const { body } = binding.resource;
  const kind = textAt(body, 'roleRef', 'kind') === 'ClusterRole' ? CLUSTER_ROLE : ROLE;
  const [role] = universe.named(binding, kind, textAt(body, 'roleRef', 'name') ?? '');
  return listAt(role?.resource.body, 'rules');
}

/** Whether a rule of a role covers something, by name or by a star. */
export function covers(rule: Value, field: 'apiGroups' | 'resources' | 'verbs', ...names: readonly string[]): boolean {
  const listed = textsAt(rule, field);
  return listed.includes('*') || names.some((name) => listed.includes(name));
}

/** The Flink cluster whose pods run as a service account, where this run has one. */
export function flinkOf(grantee: Grantee, binding: Subject, universe: Universe): Subject | undefined {
  if (grantee.kind !== 'ServiceAccount') return undefined;
  return byAccount(universe).first(namespaceKeys.looked(grantee.namespace).map((namespace) => [binding.scope, grantee.name, namespace].join('\n')));
}

/** Flink clusters by the service account of their pods. */
const byAccount = oncePerUniverse(
  (universe) =>
    new OrderedIndex(
      CLUSTERS.flatMap((kind) => universe.of(kind)),
      (cluster) => {
        const { scope, namespace } = cluster;
        const account = textAt(flinkSpecOf(cluster)?.spec, 'serviceAccount');
        return account === undefined ? [] : namespaceKeys.filed(namespace).map((key) => [scope, account, key].join('\n'));
      },
    ),
);

import { listAt, textAt } from '../../field.js';
import { CLUSTER_ROLE_BINDING, ROLE, ROLE_BINDING, SERVICE_ACCOUNT } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ReferenceRule } from '../../rule.js';
import { isTogether } from '../../universe.js';
import { takesFromElsewhere } from './made-elsewhere.js';

export const roleBinding: ReferenceRule = {
  id: 'references/role-binding',
  severity: 'error',
  title: 'A binding names a role and a service account that are there',
  source:
    "R22, R45; Kubernetes, RBAC: a Role is of the binding's namespace, a service account of the one its subject says. kustomize rewrites only the namespace of subjects it knows",
  consequence: 'The API server takes the binding, and nobody gets the rights: the operator or job fails with "forbidden".',
  fix: "Write the namespace that the service account lands in into subjects[].namespace, and the name of a Role of the binding's namespace into roleRef.name.",
  reach: 'references',
  on: [ROLE_BINDING, CLUSTER_ROLE_BINDING],
  *check(subject, universe) {
    const accounts = listAt(subject.resource.body, 'subjects').flatMap((entry, index) => {
      const [name, namespace] = [textAt(entry, 'name'), textAt(entry, 'namespace')];
      return textAt(entry, 'kind') === SERVICE_ACCOUNT && name && namespace && !isSubstituted(name + namespace) ? [{ name, namespace, index }] : [];
    });
    // Where one of them is there, the others are those of other namespaces, made by others.
    const resolved = accounts.some(({ name, namespace }) => name === 'default' || universe.named(subject, SERVICE_ACCOUNT, name, namespace).length > 0);
    for (const { name, namespace, index } of resolved ? [] : accounts) {
      const other = universe.called(subject, SERVICE_ACCOUNT, name).find((account) => isTogether(account.origin, subject.origin));
      // A chart that is delivered into that namespace may make it there.
      if (other === undefined || takesFromElsewhere(subject, universe, namespace)) continue;
      yield {
        path: ['subjects', index, 'namespace'],
        message: `there is no ServiceAccount ${name} in namespace ${namespace}; it is built for namespace ${other.namespace ?? ''}`,
      };
    }
    if (textAt(subject.resource.body, 'roleRef', 'kind') !== 'Role' || subject.groupKind === CLUSTER_ROLE_BINDING) return;
    const role = textAt(subject.resource.body, 'roleRef', 'name');
    if (!role || subject.namespace === undefined || subject.namespace === 'kube-system' || isSubstituted(role)) return;
    if (universe.named(subject, ROLE, role).length > 0) return;
    const isMissing = universe.isComplete(subject) && !takesFromElsewhere(subject, universe);
    const elsewhere = universe.called(subject, ROLE, role).find((other) => isMissing || isTogether(other.origin, subject.origin));
    if (elsewhere === undefined && !isMissing) return;
    yield {
      path: ['roleRef', 'name'],
      message: `there is no Role ${role} in namespace ${subject.namespace}${elsewhere === undefined ? '' : `; it stands in namespace ${elsewhere.namespace ?? ''}`}`,
    };
  },
  passes: `
apiVersion: v1
kind: ServiceAccount
metadata: {name: strimzi-cluster-operator, namespace: strimzi}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: strimzi-cluster-operator}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: strimzi-cluster-operator-global}
subjects: [{kind: ServiceAccount, name: strimzi-cluster-operator, namespace: strimzi}]
`,
  fails: `
apiVersion: v1
kind: ServiceAccount
metadata: {name: strimzi-cluster-operator, namespace: strimzi}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: strimzi-cluster-operator}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: strimzi-cluster-operator-global}
subjects: [{kind: ServiceAccount, name: strimzi-cluster-operator, namespace: myproject}]
`,
};

import { fieldAt, hasField, textAt } from '../../field.js';
import { CLUSTER_ROLE_BINDING, ROLE_BINDING } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { covers, flinkOf, granteesOf, rulesOf, type Grantee } from './bindings.js';

export const clusterAdmin: ReferenceRule = {
  id: 'security/cluster-admin',
  severity: 'warning',
  title: 'No job, and nobody in particular, may do everything',
  source: 'R45, R81; Kubernetes documentation, "Role Based Access Control Good Practices"; flink-kubernetes-operator, docs/operations/rbac.md',
  consequence: 'Who submits a job, or gets into any pod that uses this account, owns the namespace, or the whole cluster.',
  fix: 'Bind a Role with what Flink needs: pods and configmaps, and deployments and deployments/finalizers of apps, in its own namespace.',
  reach: 'references',
  on: [CLUSTER_ROLE_BINDING, ROLE_BINDING],
  *check(subject, universe) {
    const role = textAt(subject.resource.body, 'roleRef', 'name') ?? '';
    const isAll =
      (textAt(subject.resource.body, 'roleRef', 'kind') === 'ClusterRole' && role === 'cluster-admin') ||
      rulesOf(subject, universe).some(
        (rule) => covers(rule, 'apiGroups') && covers(rule, 'resources') && covers(rule, 'verbs') && !hasField(rule, 'resourceNames'),
      );
    if (!isAll) return;
    const where = subject.groupKind === CLUSTER_ROLE_BINDING ? 'in the whole cluster' : `in namespace ${subject.namespace ?? ''}`;
    for (const grantee of granteesOf(subject)) {
      const flink = flinkOf(grantee, subject, universe);
      const who =
        flink === undefined
          ? subject.groupKind === CLUSTER_ROLE_BINDING
            ? anybody(grantee)
            : undefined
          : `the service account ${grantee.name} of FlinkDeployment ${flink.resource.name}`;
      if (who === undefined || fieldAt(subject.resource.body, 'subjects', grantee.index) === undefined) continue;
      yield { path: ['subjects', grantee.index], message: `${who} may do everything ${where}, by the role ${role}` };
    }
  },
  passes: `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: flink, namespace: flink}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: flink}
subjects: [{kind: ServiceAccount, name: flink, namespace: flink}]
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec: {serviceAccount: flink}
`,
  fails: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: flink}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: ServiceAccount, name: flink, namespace: flink}]
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec: {serviceAccount: flink}
`,
};

/** Accounts that stand for whoever comes. */
function anybody({ kind, name, namespace }: Grantee): string | undefined {
  if (kind === 'ServiceAccount' && name === 'default') return `every pod of namespace ${namespace ?? ''} without a service account of its own`;
  if (kind === 'Group' && /^system:(?:serviceaccounts(?::.+)?|authenticated|unauthenticated)$/.test(name)) return `the group ${name}`;
  return kind === 'User' && name === 'system:anonymous' ? 'everybody who is not logged in' : undefined;
}

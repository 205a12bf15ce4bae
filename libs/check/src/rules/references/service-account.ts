import { textAt, type FieldPath } from '../../field.js';
import { SERVICE_ACCOUNT } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import { isTogether } from '../../universe.js';

const WHERE: Readonly<Record<string, FieldPath>> = {
  'flink.apache.org/FlinkDeployment': ['spec', 'serviceAccount'],
  'apps/Deployment': ['spec', 'template', 'spec', 'serviceAccountName'],
  'apps/StatefulSet': ['spec', 'template', 'spec', 'serviceAccountName'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template', 'spec', 'serviceAccountName'],
  'batch/Job': ['spec', 'template', 'spec', 'serviceAccountName'],
};
/** Made by Kubernetes in every namespace, and by the Flink operator's chart in those that it watches. */
const MADE_BY_OTHERS = ['default', 'flink'];

export const serviceAccount: ReferenceRule = {
  id: 'references/service-account',
  severity: 'error',
  title: 'A service account stands in the namespace of the pods that run as it',
  source: 'R25, R45; Kubernetes, admission of pods (ServiceAccount); flink-kubernetes-operator, helm chart, templates/rbac',
  consequence: 'No pod is made: the API server refuses each with "serviceaccount not found".',
  fix: 'Add a ServiceAccount of this name, with its Role and RoleBinding, to the namespace of the pods.',
  reach: 'references',
  on: Object.keys(WHERE),
  *check(subject, universe) {
    const path = WHERE[subject.groupKind] ?? [];
    const name = textAt(subject.resource.body, ...path);
    if (!name || subject.namespace === undefined || name === 'default' || isSubstituted(name)) return;
    if (universe.named(subject, SERVICE_ACCOUNT, name).length > 0) return;
    if (universe.isComplete(subject)) {
      yield { path, message: `there is no ServiceAccount ${name} in namespace ${subject.namespace}` };
      return;
    }
    const elsewhere = universe.called(subject, SERVICE_ACCOUNT, name).find((account) => isTogether(account.origin, subject.origin));
    if (elsewhere === undefined || MADE_BY_OTHERS.includes(name)) return;
    yield { path, message: `ServiceAccount ${name} is needed in namespace ${subject.namespace}, but stands in namespace ${namespaceOf(elsewhere)}` };
  },
  passes: `
apiVersion: v1
kind: ServiceAccount
metadata: {name: orders-jobs, namespace: flink}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec: {serviceAccount: orders-jobs}
`,
  fails: `
apiVersion: v1
kind: ServiceAccount
metadata: {name: orders-jobs, namespace: default}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec: {serviceAccount: orders-jobs}
`,
};

function namespaceOf({ namespace }: Subject): string {
  return namespace ?? 'that is not said';
}

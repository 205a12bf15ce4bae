import { isList, scalarText, textAt, type FieldPath } from '../../field.js';
import { APPLICATION, SERVICE_ACCOUNT } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import { isTogether, type Universe } from '../../universe.js';
import { chartNameOf, destinationNamespace, sourcesOf } from '../argocd/applications.js';
import { CLUSTERS, specPathOf } from '../flink/flink-spec.js';
import { chartValues } from '../operators/chart-values.js';
import { takesFromElsewhere } from './made-elsewhere.js';

const WHERE: Readonly<Record<string, FieldPath>> = {
  ...Object.fromEntries(CLUSTERS.map((kind) => [kind, [...specPathOf(kind), 'serviceAccount']])),
  'apps/Deployment': ['spec', 'template', 'spec', 'serviceAccountName'],
  'apps/StatefulSet': ['spec', 'template', 'spec', 'serviceAccountName'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template', 'spec', 'serviceAccountName'],
  'batch/Job': ['spec', 'template', 'spec', 'serviceAccountName'],
};
/** What the Flink operator's chart calls the account of jobs, unless it is told another name. */
const OF_CHART = 'flink';

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
    if (isMadeByOperator(name, subject, universe)) return;
    if (universe.isComplete(subject) && !takesFromElsewhere(subject, universe)) {
      yield { path, message: `there is no ServiceAccount ${name} in namespace ${subject.namespace}` };
      return;
    }
    const elsewhere = universe.called(subject, SERVICE_ACCOUNT, name).find((account) => isTogether(account.origin, subject.origin));
    if (elsewhere === undefined) return;
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

/**
 * Whether the chart of a Flink operator may make an account: in the namespaces that it is told to watch, else in its own (templates/rbac).
 * Where this run installs no operator, one that is there already may have made the account of the usual name.
 */
function isMadeByOperator(name: string, subject: Subject, universe: Universe): boolean {
  const charts = universe
    .near(subject, APPLICATION)
    .flatMap((application) =>
      sourcesOf(application).flatMap((source) => (chartNameOf(source) === 'flink-kubernetes-operator' ? [{ application, source }] : [])),
    );
  if (charts.length === 0) return name === OF_CHART;
  return charts.some(({ application, source }) => {
    const values = chartValues(application, source, universe);
    if (!values.isComplete) return true;
    if (values.at('jobServiceAccount', 'create')?.value === false) return false;
    const made = values.at('jobServiceAccount', 'name')?.value ?? OF_CHART;
    const watched = values.at('watchNamespaces')?.value;
    const namespaces = isList(watched) && watched.length > 0 ? watched : [destinationNamespace(application)];
    return (
      made === name && namespaces.some((namespace) => namespace === undefined || namespace === subject.namespace || isSubstituted(scalarText(namespace) ?? ''))
    );
  });
}

function namespaceOf({ namespace }: Subject): string {
  return namespace ?? 'that is not said';
}

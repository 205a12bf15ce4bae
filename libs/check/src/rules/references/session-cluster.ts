import { hasField, textAt } from '../../field.js';
import { FLINK_DEPLOYMENT, FLINK_SESSION_JOB } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import { isSubstituted } from '../../placeholder.js';
import type { ReferenceRule } from '../../rule.js';
import { namespaceKeys, sourceOf } from '../../universe.js';
import { takesFromElsewhere } from './made-elsewhere.js';

export const sessionCluster: ReferenceRule = {
  id: 'references/session-cluster',
  severity: 'error',
  title: 'A session job names a session cluster of its namespace',
  source: 'R26, R36; flink-kubernetes-operator, DefaultValidator.java (validateNotApplicationCluster) and FlinkSessionJobController.java',
  consequence: 'The job is never submitted: the operator waits for a session cluster that is not there, or refuses one that is an application.',
  fix: 'Write the name of a FlinkDeployment without spec.job, of the same namespace, into spec.deploymentName.',
  reach: 'references',
  on: [FLINK_SESSION_JOB],
  *check(subject, universe) {
    const path = ['spec', 'deploymentName'];
    const name = textAt(subject.resource.body, ...path);
    if (!name || isSubstituted(name)) return;
    const named = universe.named(subject, FLINK_DEPLOYMENT, name);
    if (named.length > 0) {
      if (named.some(({ resource }) => !hasField(resource.body, 'spec', 'job'))) return;
      yield { path, message: `the FlinkDeployment ${name} is no session cluster: it has spec.job` };
      return;
    }
    const elsewhere = universe.called(subject, FLINK_DEPLOYMENT, name);
    const beside = sessionClusters(universe).all(...namespaceKeys.looked(subject.namespace).map((namespace) => `${sourceOf(subject.origin)}\n${namespace}`));
    // Where nothing here is of this name, and no session cluster is built with the job, it is made elsewhere.
    if (elsewhere.length === 0 && (takesFromElsewhere(subject, universe) || (beside.length === 0 && !universe.isComplete(subject)))) return;
    const there = (elsewhere.length > 0 ? elsewhere : beside)
      .map((other) => `${other.resource.name} in namespace ${other.namespace ?? 'that is not said'}`)
      .join(', ');
    yield {
      path,
      message: `there is no session cluster ${name}${subject.namespace === undefined ? '' : ` in namespace ${subject.namespace}`}${there === '' ? '' : `; there is ${there}`}`,
    };
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: orders-session, namespace: flink}
spec: {flinkVersion: v2_2}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: order-processor, namespace: flink}
spec: {deploymentName: orders-session, job: {jarURI: https://repo.example/order-processor.jar}}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: orders, namespace: flink}
spec: {flinkVersion: v2_2, job: {jarURI: local:///opt/flink/usrlib/orders.jar}}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: order-processor, namespace: flink}
spec: {deploymentName: orders, job: {jarURI: https://repo.example/order-processor.jar}}
`,
};

/** Session clusters by what they are built with, and their namespaces. */
const sessionClusters = oncePerUniverse(
  (universe) =>
    new OrderedIndex(
      universe.of(FLINK_DEPLOYMENT).filter(({ resource }) => !hasField(resource.body, 'spec', 'job')),
      ({ origin, namespace }) => namespaceKeys.filed(namespace).map((key) => `${sourceOf(origin)}\n${key}`),
    ),
);

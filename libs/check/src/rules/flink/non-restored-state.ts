import { fieldAt, textAt } from '../../field.js';
import type { ResourceRule } from '../../rule.js';
import { flinkSpecOf, JOBS } from './flink-spec.js';

export const nonRestoredState: ResourceRule = {
  id: 'flink/non-restored-state',
  severity: 'warning',
  title: 'State that is not restored is not dropped for ever',
  source: 'R41; flink-kubernetes-operator, JobSpec.java (allowNonRestoredState); FLINK-39513',
  consequence: 'State that no operator of the job claims is dropped without an error: a renamed operator or a changed uid loses its state in silence.',
  fix: 'Set it for the one release that removes an operator, with `upgradeMode: savepoint`, and remove it in the next.',
  reach: 'resource',
  on: JOBS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    if (flink?.job === undefined || fieldAt(flink.job, 'allowNonRestoredState') !== true) return;
    const mode = textAt(flink.job, 'upgradeMode');
    // Without state there is none to drop.
    if (mode === 'stateless' && fieldAt(flink.job, 'initialSavepointPath') === undefined) return;
    const lastState = mode === 'last-state' ? '; with upgradeMode last-state it is not honoured by every operator (FLINK-39513)' : '';
    yield { path: [...flink.at, 'job', 'allowNonRestoredState'], message: `allowNonRestoredState is on for every upgrade from now on${lastState}` };
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", parallelism: 2, upgradeMode: savepoint}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  job:
    jarURI: local:///opt/flink/usrlib/order-processor.jar
    parallelism: 2
    upgradeMode: savepoint
    allowNonRestoredState: true
`,
};

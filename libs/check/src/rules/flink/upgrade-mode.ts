import { hasField } from '../../field.js';
import type { ResourceRule } from '../../rule.js';
import { flinkSpecOf, JOBS } from './flink-spec.js';

export const upgradeMode: ResourceRule = {
  id: 'flink/upgrade-mode',
  severity: 'warning',
  title: 'A job says what becomes of its state when it is upgraded',
  source: 'R27; flink-kubernetes-operator, JobSpec.java (upgradeMode)',
  consequence: 'The default is stateless: each change of the spec, of an image tag for instance, starts the job with empty state.',
  fix: 'Set spec.job.upgradeMode to savepoint or last-state; or to stateless, where the job has no state worth keeping.',
  reach: 'resource',
  on: JOBS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    if (flink?.job === undefined || hasField(flink.job, 'upgradeMode')) return;
    // Written at the wrong place: see flink/upgrade-mode-place. A batch job has nothing to keep.
    if (hasField(flink.spec, 'upgradeMode') || flink.settings.key('execution.runtime-mode')?.text.toUpperCase() === 'BATCH') return;
    yield { path: [...flink.at, 'job', 'upgradeMode'], message: 'job.upgradeMode is missing, which means stateless' };
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
  job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", parallelism: 2}
`,
};

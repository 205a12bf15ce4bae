import type { ResourceRule } from '../../rule.js';
import { flinkSpecOf, JOBS } from './flink-spec.js';
import { namesOf } from './option-names.js';

/** The keys that this rule tells of, so that no other does. */
export const savepointPathKeys: readonly string[] = namesOf('execution.state-recovery.path');

export const savepointPathKey: ResourceRule = {
  id: 'flink/savepoint-path-key',
  severity: 'error',
  title: 'The savepoint to start from is named in spec.job',
  source: 'R33; flink-kubernetes-operator, ApplicationReconciler.java (deploy: SAVEPOINT_PATH is set or removed)',
  consequence: 'The operator overwrites or removes the key: the job starts without that state.',
  fix: 'Remove the key, and set spec.job.initialSavepointPath.',
  reach: 'resource',
  on: JOBS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    if (flink?.job === undefined) return;
    for (const { key, text, path } of flink.settings.all) {
      if (!savepointPathKeys.includes(key)) continue;
      yield { path, message: `${key} is not taken from flinkConfiguration`, fix: `Remove it, and write \`job: {initialSavepointPath: "${text}"}\`.` };
    }
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  job:
    jarURI: local:///opt/flink/usrlib/order-processor.jar
    parallelism: 2
    upgradeMode: savepoint
    initialSavepointPath: s3://orders-prod/order-processor/savepoints/savepoint-1a2b3c
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    execution.state-recovery.path: s3://orders-prod/order-processor/savepoints/savepoint-1a2b3c
  job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", parallelism: 2, upgradeMode: savepoint}
`,
};

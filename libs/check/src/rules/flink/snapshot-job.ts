import { fieldAt, hasField } from '../../field.js';
import { FLINK_SNAPSHOT } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const snapshotJob: ResourceRule = {
  id: 'flink/snapshot-job',
  severity: 'error',
  title: 'A snapshot says of which job it is, or where it already is',
  source: 'R38; flink-kubernetes-operator, DefaultValidator.java (validateStateSnapshot), StateSnapshotReconciler.java',
  consequence: 'The operator rejects the snapshot, or has a savepoint without a path.',
  fix: 'Set spec.jobReference: `jobReference: {kind: FlinkDeployment, name: order-processor}`.',
  reach: 'resource',
  on: [FLINK_SNAPSHOT],
  *check({ resource: { body } }) {
    if (!hasField(body, 'spec')) return;
    if (fieldAt(body, 'spec', 'savepoint', 'alreadyExists') === true) {
      if (hasField(body, 'spec', 'savepoint', 'path')) return;
      yield {
        path: ['spec', 'savepoint', 'path'],
        message: 'the savepoint exists already, but its path is missing',
        fix: 'Set spec.savepoint.path to the directory of the savepoint.',
      };
    } else if (!hasField(body, 'spec', 'jobReference')) {
      yield { path: ['spec', 'jobReference'], message: 'the snapshot has no jobReference' };
    }
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkStateSnapshot
metadata: {name: before-upgrade, namespace: flink}
spec:
  jobReference: {kind: FlinkDeployment, name: order-processor}
  checkpoint: {}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkStateSnapshot
metadata: {name: before-upgrade, namespace: flink}
spec:
  checkpoint: {}
`,
};

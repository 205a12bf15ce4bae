import { hasField } from '../../field.js';
import { FLINK_SNAPSHOT } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const snapshotDisposal: ResourceRule = {
  id: 'flink/snapshot-disposal',
  severity: 'warning',
  title: 'A savepoint says whether it is deleted together with its resource',
  source: 'R38; flink-kubernetes-operator, SavepointSpec.java (disposeOnDelete is true by default)',
  consequence: 'When the file leaves Git, Argo CD prunes the resource and the operator deletes the savepoint from its storage.',
  fix: 'Write `disposeOnDelete: false` to keep the savepoint, or `true` if it may go with the resource.',
  reach: 'resource',
  on: [FLINK_SNAPSHOT],
  *check({ resource: { body } }) {
    if (!hasField(body, 'spec', 'savepoint') || hasField(body, 'spec', 'savepoint', 'disposeOnDelete')) return;
    yield {
      path: ['spec', 'savepoint', 'disposeOnDelete'],
      message: 'disposeOnDelete is missing, which means that the savepoint is deleted with this resource',
    };
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkStateSnapshot
metadata: {name: before-upgrade, namespace: flink}
spec:
  jobReference: {kind: FlinkDeployment, name: order-processor}
  savepoint: {disposeOnDelete: false}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkStateSnapshot
metadata: {name: before-upgrade, namespace: flink}
spec:
  jobReference: {kind: FlinkDeployment, name: order-processor}
  savepoint: {}
`,
};

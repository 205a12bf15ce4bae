import { hasField } from '../../field.js';
import { FLINK_SNAPSHOT } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const snapshotKind: ResourceRule = {
  id: 'flink/snapshot-kind',
  severity: 'error',
  title: 'A snapshot is a savepoint or a checkpoint',
  source: 'R38; flink-kubernetes-operator, DefaultValidator.java (validateStateSnapshot)',
  consequence: 'The operator rejects the snapshot.',
  fix: 'Set exactly one of spec.savepoint and spec.checkpoint; both may be empty maps: `checkpoint: {}`.',
  reach: 'resource',
  on: [FLINK_SNAPSHOT],
  *check({ resource }) {
    if (!hasField(resource.body, 'spec')) return;
    const savepoint = hasField(resource.body, 'spec', 'savepoint');
    const checkpoint = hasField(resource.body, 'spec', 'checkpoint');
    if (savepoint && checkpoint) yield { path: ['spec', 'checkpoint'], message: 'the snapshot has both savepoint and checkpoint' };
    else if (!savepoint && !checkpoint) yield { path: ['spec', 'savepoint'], message: 'the snapshot has neither savepoint nor checkpoint' };
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
`,
};

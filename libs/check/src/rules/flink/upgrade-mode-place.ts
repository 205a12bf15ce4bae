import { fieldAt, hasField, scalarText } from '../../field.js';
import type { ResourceRule } from '../../rule.js';
import { flinkSpecOf, JOBS } from './flink-spec.js';

export const upgradeModePlace: ResourceRule = {
  id: 'flink/upgrade-mode-place',
  severity: 'error',
  title: 'The upgrade mode stands in spec.job',
  source: 'R27; flink-kubernetes-operator, JobSpec.java (upgradeMode); FlinkDeploymentSpec.java has none',
  consequence: 'The API server drops the field, or refuses it. The job is upgraded by the default, stateless, and loses its state.',
  fix: 'Move upgradeMode into spec.job.',
  reach: 'resource',
  on: JOBS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    if (flink === undefined || !hasField(flink.spec, 'upgradeMode')) return;
    const mode = scalarText(fieldAt(flink.spec, 'upgradeMode')) ?? 'savepoint';
    yield {
      path: [...flink.at, 'upgradeMode'],
      message: `upgradeMode: ${mode} stands outside job, where nothing reads it`,
      fix: `Move it: \`job: {upgradeMode: ${mode}}\`.`,
    };
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
  upgradeMode: savepoint
  job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", parallelism: 2}
`,
};

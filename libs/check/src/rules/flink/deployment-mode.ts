import { fieldAt, hasField, scalarText } from '../../field.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';
import { CLUSTERS, flinkSpecOf } from './flink-spec.js';

export const deploymentMode: ResourceRule = {
  id: 'flink/deployment-mode',
  severity: 'error',
  title: 'The deployment mode is native or standalone',
  source: 'R25; flink-kubernetes-operator, KubernetesDeploymentMode.java',
  consequence: 'The API server rejects the resource: application and session are no values of this field.',
  fix: 'Remove spec.mode, or set it to native or standalone. A deployment with spec.job is an application, one without is a session cluster.',
  reach: 'resource',
  on: CLUSTERS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    if (flink === undefined || !hasField(flink.spec, 'mode')) return;
    const mode = scalarText(fieldAt(flink.spec, 'mode'));
    if (mode === undefined || mode === 'native' || mode === 'standalone' || isSubstituted(mode)) return;
    const job = flink.job === undefined ? 'it has no spec.job, so it is a session cluster' : 'it has spec.job, so it is an application';
    yield {
      path: [...flink.at, 'mode'],
      message: `mode is native or standalone, not ${mode}`,
      ...(mode === 'application' || mode === 'session' ? { fix: `Remove \`mode: ${mode}\`: ${job}.` } : {}),
    };
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  mode: native
  job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", parallelism: 2, upgradeMode: savepoint}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  mode: application
  job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", parallelism: 2, upgradeMode: savepoint}
`,
};

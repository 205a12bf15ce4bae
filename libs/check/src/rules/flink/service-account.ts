import { hasField } from '../../field.js';
import type { ResourceRule } from '../../rule.js';
import { CLUSTERS, flinkSpecOf } from './flink-spec.js';

export const serviceAccount: ResourceRule = {
  id: 'flink/service-account',
  severity: 'error',
  title: 'A deployment names its service account',
  source: 'R25; flink-kubernetes-operator, DefaultValidator.java (validateServiceAccount)',
  consequence: 'The operator rejects the deployment. The JobManager needs the account to start TaskManagers and to keep its high availability data.',
  fix: "Set spec.serviceAccount to the account for jobs in this namespace; the operator's chart makes one with the name flink: `serviceAccount: flink`.",
  reach: 'resource',
  on: CLUSTERS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    if (flink === undefined || hasField(flink.spec, 'serviceAccount')) return;
    yield { path: [...flink.at, 'serviceAccount'], message: 'serviceAccount is missing' };
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec: {flinkVersion: v2_2, serviceAccount: flink}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec: {flinkVersion: v2_2}
`,
};

import { hasField } from '../../field.js';
import { FLINK_SESSION_JOB } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const sessionJob: ResourceRule = {
  id: 'flink/session-job',
  severity: 'error',
  title: 'A session job has a job and names its cluster',
  source: 'R26, R36; flink-kubernetes-operator, DefaultValidator.java (validateSessionJobOnly)',
  consequence: 'The operator rejects the session job.',
  fix: 'Set spec.deploymentName to the FlinkDeployment of the session cluster, and spec.job.',
  reach: 'resource',
  on: [FLINK_SESSION_JOB],
  *check({ resource }) {
    if (!hasField(resource.body, 'spec')) return;
    for (const field of ['deploymentName', 'job']) {
      if (!hasField(resource.body, 'spec', field)) yield { path: ['spec', field], message: `the session job has no ${field}` };
    }
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: order-processor, namespace: flink}
spec:
  deploymentName: orders-session
  job: {jarURI: "https://repo.example.com/jars/order-processor-1.4.2.jar", parallelism: 2, upgradeMode: stateless}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: order-processor, namespace: flink}
spec:
  job: {jarURI: "https://repo.example.com/jars/order-processor-1.4.2.jar", parallelism: 2, upgradeMode: stateless}
`,
};

import { numberAt } from '../../field.js';
import type { ReferenceRule } from '../../rule.js';
import { CLUSTERS } from './flink-spec.js';
import { hasHighAvailability } from './high-availability-mode.js';
import { underDefaults } from './operator-defaults.js';

export const standbyJobManager: ReferenceRule = {
  id: 'flink/standby-job-manager',
  severity: 'error',
  title: 'Several JobManagers have high availability',
  source: 'R25; flink-kubernetes-operator, DefaultValidator.java (validateJmReplicas)',
  consequence: 'The operator rejects the deployment: without high availability there is no leader, and each JobManager would run the job.',
  fix: 'Set high-availability.type: kubernetes and high-availability.storageDir, or jobManager.replicas to 1.',
  reach: 'references',
  on: CLUSTERS,
  check: (subject, universe) =>
    underDefaults(subject, universe, function* ({ at, spec, settings }) {
      const replicas = numberAt(spec, 'jobManager', 'replicas') ?? 1;
      if (replicas <= 1 || hasHighAvailability(settings)) return;
      yield { path: [...at, 'jobManager', 'replicas'], message: `there are ${replicas} JobManagers, but no high availability` };
    }),
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {high-availability.type: kubernetes, high-availability.storageDir: "s3://orders-prod/order-processor/ha"}
  jobManager: {replicas: 2}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  jobManager: {replicas: 2}
`,
};

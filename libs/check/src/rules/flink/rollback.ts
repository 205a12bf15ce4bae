import type { ReferenceRule } from '../../rule.js';
import { CLUSTERS } from './flink-spec.js';
import { hasHighAvailability } from './high-availability-mode.js';
import { underDefaults } from './operator-defaults.js';

const KEY = 'kubernetes.operator.deployment.rollback.enabled';

export const rollback: ReferenceRule = {
  id: 'flink/rollback',
  severity: 'error',
  title: 'Rollback of a deployment has high availability',
  source: 'R25, R39; flink-kubernetes-operator, DefaultValidator.java (validateFlinkDeploymentConfig)',
  consequence: 'The operator rejects the deployment: it finds the state to go back to in the high availability data.',
  fix: `Set high-availability.type: kubernetes and high-availability.storageDir, or remove ${KEY}.`,
  reach: 'references',
  on: CLUSTERS,
  check: (subject, universe) =>
    underDefaults(subject, universe, function* ({ settings }) {
      const setting = settings.key(KEY);
      if (setting?.text.toLowerCase() !== 'true' || hasHighAvailability(settings)) return;
      yield { path: setting.path, message: `${KEY} is on, but there is no high availability` };
    }),
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    high-availability.type: kubernetes
    high-availability.storageDir: s3://orders-prod/order-processor/ha
    kubernetes.operator.deployment.rollback.enabled: "true"
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    kubernetes.operator.deployment.rollback.enabled: "true"
`,
};

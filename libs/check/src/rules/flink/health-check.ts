import type { ReferenceRule } from '../../rule.js';
import { CLUSTERS } from './flink-spec.js';
import { underDefaults } from './operator-defaults.js';

const HEALTH = 'kubernetes.operator.cluster.health-check.enabled';
const RECOVERY = 'kubernetes.operator.jm-deployment-recovery.enabled';

export const healthCheck: ReferenceRule = {
  id: 'flink/health-check',
  severity: 'error',
  title: 'The health check may restart the JobManager',
  source: 'R25; flink-kubernetes-operator, DefaultValidator.java (validateFlinkDeploymentConfig)',
  consequence: 'The operator rejects the deployment: the health check restarts an unhealthy cluster through the recovery that is off.',
  fix: `Remove ${RECOVERY}, which is true by default, or the health check.`,
  reach: 'references',
  on: CLUSTERS,
  check: (subject, universe) =>
    underDefaults(subject, universe, function* ({ settings }) {
      const recovery = settings.key(RECOVERY);
      if (!settings.isOn(HEALTH) || recovery?.text.toLowerCase() !== 'false') return;
      yield { path: recovery.path, message: `${HEALTH} is on, and ${RECOVERY}, which it needs, is off` };
    }),
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {kubernetes.operator.cluster.health-check.enabled: "true"}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    kubernetes.operator.cluster.health-check.enabled: "true"
    kubernetes.operator.jm-deployment-recovery.enabled: "false"
`,
};

import { FLINK_DEPLOYMENT } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { isSubstituted } from '../../placeholder.js';
import { underDefaults } from '../flink/operator-defaults.js';
import { taskManagerPorts } from './task-manager-ports.js';

const PORT = 'metrics.internal.query-service.port';

export const metricsPort: ReferenceRule = {
  id: 'security/metrics-port',
  severity: 'warning',
  title: 'A network policy lets the JobManager ask TaskManagers for their metrics',
  source: 'R80; Flink, MetricOptions.QUERY_SERVICE_PORT (0: a port by chance), MetricFetcherImpl.java',
  consequence:
    'The web interface and the REST endpoint show no metrics of tasks, neither busy times nor backpressure. The autoscaler, which reads them there, finds nothing to go by.',
  fix: `Set ${PORT}: "6125" in flinkConfiguration, and add port 6125 to the policy.`,
  reach: 'references',
  on: [FLINK_DEPLOYMENT],
  *check(subject, universe) {
    const allowed = taskManagerPorts(subject, universe);
    if (allowed === undefined) return;
    yield* underDefaults(subject, universe, function* ({ settings }) {
      const setting = settings.key(PORT);
      const text = setting?.text.trim() ?? '0';
      // A range has to be in the policy as a range: then nothing is said here.
      if (isSubstituted(text) || allowed.ports.includes(Number(text)) || !/^\d+$/.test(text)) return;
      yield {
        path: setting?.path ?? ['spec', 'flinkConfiguration', PORT],
        message: `${text === '0' ? `${PORT} is not set, so it is another one in each TaskManager` : `${PORT} is ${text}`}, and the NetworkPolicy ${allowed.policies.join(', ')} allows ${allowed.ports.join(', ')} only`,
      };
    });
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkConfiguration: {taskmanager.data.port: "6121", metrics.internal.query-service.port: "6125"}
  job: {parallelism: 4}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: order-processor, namespace: flink}
spec:
  podSelector: {matchLabels: {app: order-processor}}
  policyTypes: [Ingress]
  ingress:
    - from: [{podSelector: {matchLabels: {app: order-processor}}}]
      ports: [{port: 6123}, {port: 6124}, {port: 6122}, {port: 6121}, {port: 6125}]
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkConfiguration: {taskmanager.data.port: "6121"}
  job: {parallelism: 4}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: order-processor, namespace: flink}
spec:
  podSelector: {matchLabels: {app: order-processor}}
  policyTypes: [Ingress]
  ingress:
    - from: [{podSelector: {matchLabels: {app: order-processor}}}]
      ports: [{port: 6123}, {port: 6124}, {port: 6122}, {port: 6121}]
`,
};

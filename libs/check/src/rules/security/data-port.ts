import { FLINK_DEPLOYMENT } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ReferenceRule } from '../../rule.js';
import { underDefaults } from '../flink/operator-defaults.js';
import { taskManagersOf } from '../flink/task-managers.js';
import { taskManagerPorts } from './task-manager-ports.js';

const PORT = 'taskmanager.data.port';

export const dataPort: ReferenceRule = {
  id: 'security/data-port',
  severity: 'error',
  title: 'A network policy lets TaskManagers exchange data',
  source: 'R80; Flink, NettyShuffleEnvironmentOptions.DATA_PORT (0: a port by chance), TaskManagerOptions.RPC_PORT (6122 on Kubernetes)',
  consequence: 'TaskManagers register, and the first exchange of data between two of them times out: the job restarts for ever.',
  fix: `Set ${PORT}: "6121" in flinkConfiguration, and add port 6121 to the policy.`,
  reach: 'references',
  on: [FLINK_DEPLOYMENT],
  *check(subject, universe) {
    const allowed = taskManagerPorts(subject, universe);
    if (allowed === undefined) return;
    yield* underDefaults(subject, universe, function* (flink) {
      if (taskManagersOf(flink) === 1) return;
      const setting = flink.settings.key(PORT);
      const pinned = setting?.text.trim() ?? '0';
      if (isSubstituted(pinned) || allowed.ports.includes(Number(pinned))) return;
      yield {
        path: setting?.path ?? ['spec', 'flinkConfiguration', PORT],
        message: `${pinned === '0' ? `${PORT} is not set, so it is another one in each TaskManager` : `${PORT} is ${pinned}`}, and the NetworkPolicy ${allowed.policies.join(', ')} allows ${allowed.ports.join(', ')} only`,
      };
    });
  },
  passes: `
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
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
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
      ports: [{port: 6123}, {port: 6124}, {port: 6122}]
`,
};

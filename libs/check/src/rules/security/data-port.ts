import { numberAt } from '../../field.js';
import { FLINK_DEPLOYMENT } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { flinkSettings } from './flink-jobs.js';
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
    const settings = flinkSettings(subject);
    const setting = (key: string) => settings.findLast((one) => one.key === key)?.text;
    // One TaskManager has nobody to talk to.
    const parallelism = numberAt(subject.resource.body, 'spec', 'job', 'parallelism');
    if (parallelism !== undefined && parallelism <= Number(setting('taskmanager.numberOfTaskSlots') ?? 1)) return;
    const allowed = taskManagerPorts(subject, universe);
    if (allowed === undefined) return;
    const pinned = setting(PORT) ?? '0';
    if (allowed.ports.includes(Number(pinned))) return;
    yield {
      path: ['spec', 'flinkConfiguration', PORT],
      message: `${pinned === '0' ? `${PORT} is not set, so it is another one in each TaskManager` : `${PORT} is ${pinned}`}, and the NetworkPolicy ${allowed.policies.join(', ')} allows ${allowed.ports.join(', ')} only`,
    };
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

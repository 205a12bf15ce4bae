import type { Value } from '@millrace/kustomize';

import { fieldAt, hasField, listAt, mapAt, numberAt, textAt, textsAt } from '../../field.js';
import { FLINK_DEPLOYMENT } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import type { ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import { flinkSettings } from './flink-jobs.js';

const PORT = 'taskmanager.data.port';
const RPC_PORT = 6122;

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
    if (subject.namespace === undefined) return;
    const policies = byApp(universe)
      .all(...[`app ${subject.resource.name}`, 'any app'].map((app) => [subject.scope, subject.namespace, app].join('\n')))
      .filter((policy) => isAboutTaskManagers(policy, subject));
    const rules = policies.flatMap(({ resource }) => listAt(resource.body, 'spec', 'ingress'));
    const ports = rules.flatMap((rule) => listAt(rule, 'ports'));
    // Policies add up: one that names no ports, or a range of them, may be the one that lets the data through.
    if (rules.some((rule) => listAt(rule, 'ports').length === 0) || ports.some((port) => hasField(port, 'endPort') || numberAt(port, 'port') === undefined))
      return;
    const numbers = ports.map((port) => numberAt(port, 'port'));
    if (!numbers.includes(RPC_PORT)) return;
    const pinned = setting(PORT) ?? '0';
    if (numbers.includes(Number(pinned))) return;
    const names = policies.map(({ resource }) => resource.name).join(', ');
    yield {
      path: ['spec', 'flinkConfiguration', PORT],
      message: `${pinned === '0' ? `${PORT} is not set, so it is another one in each TaskManager` : `${PORT} is ${pinned}`}, and the NetworkPolicy ${names} allows ${numbers.join(', ')} only`,
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

/** Policies by the app whose pods they select: many are of one deployment each. */
const byApp = oncePerUniverse(
  (universe) =>
    new OrderedIndex(universe.of('networking.k8s.io/NetworkPolicy'), ({ scope, namespace, resource }) => {
      const app = fieldAt(resource.body, 'spec', 'podSelector', 'matchLabels', 'app');
      if (namespace === undefined || (app !== undefined && typeof app !== 'string')) return [];
      return [[scope, namespace, app === undefined ? 'any app' : `app ${app}`].join('\n')];
    }),
);

/** Whether a policy for what comes in selects the TaskManagers of a deployment, by the labels that Flink gives them. */
function isAboutTaskManagers({ resource: { body } }: Subject, deployment: Subject): boolean {
  const types = textsAt(body, 'spec', 'policyTypes');
  if (types.length > 0 && !types.includes('Ingress')) return false;
  const selector: Value | undefined = fieldAt(body, 'spec', 'podSelector');
  if (hasField(selector, 'matchExpressions')) return false;
  const known: Readonly<Record<string, string>> = { app: deployment.resource.name, component: 'taskmanager' };
  return Object.entries(mapAt(selector, 'matchLabels')).every(([label, value]) =>
    label === 'type'
      ? typeof value === 'string' && value.startsWith('flink-')
      : (known[label] ?? textAt(deployment.resource.body, 'spec', 'podTemplate', 'metadata', 'labels', label)) === value,
  );
}

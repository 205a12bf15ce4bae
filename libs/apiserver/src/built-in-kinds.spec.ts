import { describe, expect, it } from 'vitest';
import { builtInGroups } from './built-in-kinds.js';
import { inShort, serverWith, verdictOn } from './errors-of.fixture.js';

type Fields = Readonly<Record<string, unknown>>;

const resource = (apiVersion: string, kind: string, fields: Fields = {}, metadata: Fields = { name: 'one' }): string =>
  JSON.stringify({ apiVersion, kind, metadata, ...fields });

const rbac = 'rbac.authorization.k8s.io/v1';
const admission = 'admissionregistration.k8s.io/v1';
const container = { name: 'main', image: 'registry.invalid/app:1' };
const labels = { app: 'one' };
const template = { metadata: { labels }, spec: { containers: [container] } };
const once = { metadata: { labels }, spec: { containers: [container], restartPolicy: 'Never' } };
const workload = { selector: { matchLabels: labels }, template };
const pod = (more: Fields): Fields => ({ spec: { containers: [{ ...container, ...more }] } });
const deployment = (more: Fields): string => resource('apps/v1', 'Deployment', { spec: { ...workload, ...more } });
const path = { path: '/', pathType: 'Prefix', backend: { service: { name: 's', port: { number: 80 } } } };
const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
const scale = { minReplicas: 1, maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'one' } };
const hook = { name: 'a.b.c', sideEffects: 'None', admissionReviewVersions: ['v1'], clientConfig: { url: 'https://hook.invalid/x' } };
const everything = { resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['CREATE'], resources: ['*'] }] };
const policy = (expression: string): string =>
  resource(admission, 'ValidatingAdmissionPolicy', { spec: { matchConstraints: everything, validations: [{ expression }] } });

const accepted: readonly string[] = [
  resource('v1', 'Namespace'),
  resource('v1', 'ConfigMap', { data: { 'a.b': 'c' }, binaryData: { d: 'YQ==' } }),
  resource('v1', 'Secret', { data: { a: 'YQ==' }, stringData: { b: '?' }, type: 'Opaque' }),
  resource('v1', 'ServiceAccount', { automountServiceAccountToken: false }),
  resource('v1', 'Service', { spec: { selector: labels, ports: [{ port: 80 }] } }),
  resource('v1', 'Service', { spec: { clusterIP: 'None', selector: labels, ports: [{ name: 'a', port: 80 }] } }),
  resource('v1', 'Pod', pod({ resources: { limits: { memory: '1Gi', cpu: 0.5 } } })),
  resource('v1', 'PersistentVolumeClaim', { spec: claim }),
  resource('v1', 'PersistentVolume', { spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/a' } } }),
  resource('v1', 'ResourceQuota', { spec: { hard: { 'requests.cpu': '2', pods: '10' } } }),
  resource('v1', 'LimitRange', { spec: { limits: [{ type: 'Container', max: { cpu: '2' } }] } }),
  deployment({}),
  resource('apps/v1', 'StatefulSet', { spec: { ...workload, serviceName: 's', volumeClaimTemplates: [{ metadata: { name: 'd' }, spec: claim }] } }),
  resource('apps/v1', 'DaemonSet', { spec: workload }),
  resource('batch/v1', 'Job', { spec: { template: once } }),
  resource('batch/v1', 'CronJob', { spec: { schedule: '0 3 * * *', timeZone: 'Europe/Berlin', jobTemplate: { spec: { template: once } } } }),
  resource(rbac, 'Role', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }),
  resource(rbac, 'RoleBinding', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r' },
    subjects: [{ kind: 'ServiceAccount', name: 'a' }],
  }),
  resource(rbac, 'ClusterRole', { rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }] }, { name: 'system:one' }),
  resource('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, ingress: [{ ports: [{ port: 9092 }] }] } }),
  resource('networking.k8s.io/v1', 'Ingress', { spec: { rules: [{ host: 'a.invalid', http: { paths: [path] } }] } }),
  resource('policy/v1', 'PodDisruptionBudget', { spec: { minAvailable: '50%', selector: { matchLabels: labels } } }),
  resource('autoscaling/v2', 'HorizontalPodAutoscaler', { spec: scale }),
  resource('storage.k8s.io/v1', 'StorageClass', { provisioner: 'csi.invalid' }),
  resource('scheduling.k8s.io/v1', 'PriorityClass', { value: 1000 }),
  resource('discovery.k8s.io/v1', 'EndpointSlice', { addressType: 'IPv4', endpoints: [{ addresses: ['10.0.0.4'] }], ports: [{ name: 'db', port: 5432 }] }),
  resource('coordination.k8s.io/v1', 'Lease', { spec: { leaseDurationSeconds: 15 } }),
  resource(
    'apiregistration.k8s.io/v1',
    'APIService',
    { spec: { group: 'metrics.invalid', version: 'v1', groupPriorityMinimum: 100, versionPriority: 100, service: { name: 'm', namespace: 'n' } } },
    { name: 'v1.metrics.invalid' },
  ),
  resource('node.k8s.io/v1', 'RuntimeClass', { handler: 'kata' }),
  resource('storage.k8s.io/v1', 'CSIDriver', { spec: { attachRequired: false } }),
  // Servers run with --allow-privileged.
  resource('v1', 'Pod', pod({ securityContext: { privileged: true } })),
  // The port for health checks is given by the server.
  resource('v1', 'Service', { spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', selector: labels, ports: [{ port: 80 }] } }),
  policy('object.spec.replicas <= 5'),
  resource(admission, 'ValidatingWebhookConfiguration', { webhooks: [hook] }),
];

const rejected: readonly (readonly [string, string, readonly string[]])[] = [
  ['a namespace in upper case', resource('v1', 'Namespace', {}, { name: 'Shop' }), ['invalid .metadata.name']],
  ['a namespace with a dot', resource('v1', 'Namespace', {}, { name: 'a.b' }), ['invalid .metadata.name']],
  ['a key of a ConfigMap', resource('v1', 'ConfigMap', { data: { 'a b': 'c' } }), ["invalid .data.'a b'"]],
  ['a number in a ConfigMap', resource('v1', 'ConfigMap', { data: { a: 'x', b: 1 } }), ['type .data.b']],
  ['a key in data and binaryData', resource('v1', 'ConfigMap', { data: { a: 'x' }, binaryData: { a: 'YQ==' } }), ['invalid .data.a']],
  ['a Secret that is not base64', resource('v1', 'Secret', { data: { good: 'YQ==', bad: 'p@ss' } }), ['malformed .data.bad']],
  ['a Secret of a type without its key', resource('v1', 'Secret', { type: 'kubernetes.io/tls', data: { 'tls.crt': '' } }), ["required .data.'tls.key'"]],
  ['service ports without names', resource('v1', 'Service', { spec: { ports: [{ port: 80 }, { name: 'b', port: 81 }] } }), ['required .spec.ports[0].name']],
  ['a service port name', resource('v1', 'Service', { spec: { ports: [{ name: 'A_', port: 80 }] } }), ['invalid .spec.ports[0].name']],
  ['a service type', resource('v1', 'Service', { spec: { type: 'Public', ports: [{ port: 80 }] } }), ['unsupported-value .spec.type']],
  ['no image', resource('v1', 'Pod', { spec: { containers: [{ name: 'a' }] } }), ['required .spec.containers[0].image']],
  ['no containers', resource('v1', 'Pod', { spec: { containers: [] } }), ['required .spec.containers']],
  ['a quantity', resource('v1', 'Pod', pod({ resources: { limits: { memory: '1Gb' } } })), ['malformed .spec.containers[0].resources.limits.memory']],
  [
    'requests beyond limits',
    resource('v1', 'Pod', pod({ resources: { limits: { cpu: '1' }, requests: { cpu: '2' } } })),
    ['invalid .spec.containers[0].resources.requests'],
  ],
  [
    'a mount without a volume',
    resource('v1', 'Pod', pod({ volumeMounts: [{ name: 'v', mountPath: '/v' }] })),
    ['not-found .spec.containers[0].volumeMounts[0].name'],
  ],
  [
    'an env value that is a number',
    resource(
      'v1',
      'Pod',
      pod({
        env: [
          { name: 'A', value: 'x' },
          { name: 'B', value: 1 },
        ],
      }),
    ),
    ['type .spec.containers[0].env[1].value'],
  ],
  ['a selector that does not match', deployment({ selector: { matchLabels: { app: 'two' } } }), ['invalid .spec.template.metadata.labels']],
  [
    'an unknown field in a template',
    deployment({ template: { ...template, spec: { ...template.spec, container: [] } } }),
    ['unknown-field .spec.template.spec.container'],
  ],
  ['replicas as a string', deployment({ replicas: '2' }), ['type .spec.replicas']],
  ['negative replicas', deployment({ replicas: -1 }), ['invalid .spec.replicas']],
  [
    "a strategy with another one's settings",
    deployment({ strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } }),
    ['forbidden .spec.strategy.rollingUpdate'],
  ],
  ['a job that always restarts', resource('batch/v1', 'Job', { spec: { template } }), ['required .spec.template.spec.restartPolicy']],
  ['a schedule', resource('batch/v1', 'CronJob', { spec: { schedule: 'daily', jobTemplate: { spec: { template: once } } } }), ['invalid .spec.schedule']],
  [
    'a time zone',
    resource('batch/v1', 'CronJob', { spec: { schedule: '0 3 * * *', timeZone: 'Mars/North', jobTemplate: { spec: { template: once } } } }),
    ['invalid .spec.timeZone'],
  ],
  ['a role without a name', resource(rbac, 'Role', { rules: [] }, {}), ['required .metadata.name']],
  ['a rule without verbs', resource(rbac, 'Role', { rules: [{ apiGroups: [''], resources: ['pods'] }] }), ['required .rules[0].verbs']],
  [
    'a subject without a namespace',
    resource(rbac, 'ClusterRoleBinding', {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'r' },
      subjects: [{ kind: 'ServiceAccount', name: 'a' }],
    }),
    ['required .subjects[0].namespace'],
  ],
  ['a binding to nothing', resource(rbac, 'RoleBinding', { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role' } }), ['required .roleRef.name']],
  [
    'a port of a NetworkPolicy',
    resource('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, ingress: [{ ports: [{ port: 70000 }] }] } }),
    ['invalid .spec.ingress[0].ports[0].port'],
  ],
  [
    'a cidr',
    resource('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0' } }] }] } }),
    ['invalid .spec.egress[0].to[0].ipBlock.cidr'],
  ],
  [
    'a path without its type',
    resource('networking.k8s.io/v1', 'Ingress', { spec: { rules: [{ http: { paths: [{ ...path, pathType: undefined }] } }] } }),
    ['required .spec.rules[0].http.paths[0].pathType'],
  ],
  ['both bounds of a budget', resource('policy/v1', 'PodDisruptionBudget', { spec: { minAvailable: 1, maxUnavailable: 1 } }), ['invalid .spec']],
  [
    'more replicas at least than at most',
    resource('autoscaling/v2', 'HorizontalPodAutoscaler', { spec: { ...scale, minReplicas: 9 } }),
    ['invalid .spec.maxReplicas'],
  ],
  ['a claim without storage', resource('v1', 'PersistentVolumeClaim', { spec: { ...claim, resources: {} } }), ['required .spec.resources.storage']],
  ['a quota', resource('v1', 'ResourceQuota', { spec: { hard: { pods: '-1' } } }), ['invalid .spec.hard.pods']],
  ['a storage class without a provisioner', resource('storage.k8s.io/v1', 'StorageClass'), ['required .provisioner']],
  ["a priority that is the system's", resource('scheduling.k8s.io/v1', 'PriorityClass', { value: 2_000_000_000 }), ['forbidden .value']],
  ['a policy whose CEL does not compile', policy('object.spec.replicas <='), ['invalid .spec.validations[0].expression']],
  [
    'a webhook without side effects said',
    resource(admission, 'ValidatingWebhookConfiguration', { webhooks: [{ ...hook, sideEffects: undefined }] }),
    ['required .webhooks[0].sideEffects'],
  ],
  ['a label value', resource('v1', 'ConfigMap', {}, { name: 'one', labels: { a: 'x y' } }), ['invalid .metadata.labels']],
  ['a label that is a number', resource('v1', 'ConfigMap', {}, { name: 'one', labels: { a: 'x', b: 1 } }), ['type .metadata.labels.b']],
];

describe("Kubernetes' own kinds", () => {
  it('are accepted when they are right', async () => {
    await using server = serverWith();
    const verdicts = await server.validate(accepted);
    expect(verdicts.map((verdict, index) => [accepted[index], inShort(verdict)])).toEqual(accepted.map((text) => [text, []]));
  });

  it('are rejected for what is wrong with them', async () => {
    await using server = serverWith();
    const verdicts = await server.validate(rejected.map(([, text]) => text));
    expect(verdicts.map((verdict, index) => [rejected[index]?.[0], inShort(verdict)])).toEqual(rejected.map(([name, , errors]) => [name, errors]));
  });

  it('are rejected with duplicate fields', async () => {
    const text = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"a.b":"1","a.b":"2"}}';
    expect(await verdictOn(text)).toEqual({ kind: 'rejected', errors: [{ path: ['data', 'a.b'], type: 'duplicate', message: 'duplicate field "data.a.b"' }] });
  });

  it('are validated as the served version where theirs is not served', async () => {
    await using server = serverWith();
    const old = deployment({ replicas: -1 }).replace('apps/v1', 'apps/v1beta2');
    const never = resource('networking.k8s.io/v9', 'NetworkPolicy', { spec: { podSelector: {} } });
    const [first, second] = await server.validate([old, never]);
    expect(first).toMatchObject({ kind: 'not-served', served: ['v1'], validatedAs: 'v1', errors: [{ path: ['spec', 'replicas'] }] });
    expect(second).toEqual({ kind: 'not-served', served: ['v1'], validatedAs: 'v1', errors: [] });
  });

  it('are unknown where there is no such kind', async () => {
    expect(await verdictOn(resource('v1', 'Pot'))).toEqual({ kind: 'unknown-kind' });
    expect(await verdictOn(resource('v1', 'List', { items: [] }))).toEqual({ kind: 'unknown-kind' });
    expect(await verdictOn(resource('extensions/v1beta1', 'Ingress'))).toEqual({ kind: 'unknown-kind' });
  });

  it('are of the groups that are listed', () => {
    const groups = accepted.map((text) => /"apiVersion":"(?:([^"/]+)\/)?[^"/]+"/.exec(text)?.[1] ?? '');
    expect([...new Set(groups)].sort()).toEqual([...builtInGroups].sort());
  });
});

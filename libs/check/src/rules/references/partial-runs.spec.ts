import { describe, expect, it } from 'vitest';

import { checkFiles, said } from '../../run.fixture.js';

const MILLRACE = 'repository: {url: https://git.acme.example/streaming.git}\nteams: {}\n';

const kafka = `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: events, namespace: kafka}
spec: {kafka: {listeners: [{name: tls, port: 9093, type: internal, tls: true, authentication: {type: tls}}]}}
`;
const pool = `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: dual-role, namespace: kafka, labels: {strimzi.io/cluster: events}}
spec: {replicas: 3, roles: [controller, broker], storage: {type: jbod, volumes: [{id: 0, type: persistent-claim, size: 100Gi, kraftMetadata: shared}]}}
`;
const user = `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: enricher, namespace: kafka, labels: {strimzi.io/cluster: events}}
spec: {authentication: {type: scram-sha-512}}
`;
const reader = `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: enricher, namespace: flink}
spec: {podTemplate: {spec: {containers: [{name: flink-main-container, env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: enricher, key: password}}}]}]}}}
`;
const account = (name: string): string => `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: enricher, namespace: flink}
spec: {serviceAccount: ${name}}
`;
const sessionJob = `
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: enricher, namespace: flink}
spec: {deploymentName: sessions, job: {jarURI: https://repo.acme.example/enricher.jar}}
`;
const binding = `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: enricher, namespace: flink}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: enricher}
subjects: [{kind: User, name: anna, apiGroup: rbac.authorization.k8s.io}]
`;
const chart = (name: string, namespace: string, helm = '{}'): string => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  project: platform
  source: {repoURL: https://charts.acme.example, chart: ${name}, targetRevision: 1.15.0, helm: ${helm}}
  destination: {server: https://kubernetes.default.svc, namespace: ${namespace}}
`;

async function told(rule: string, files: Readonly<Record<string, string>>, paths: readonly string[] = ['.']): Promise<readonly string[]> {
  const { findings } = await checkFiles(files, { paths });
  return findings.filter((finding) => finding.rule === rule).map(({ severity, file }) => `${severity} ${file}`);
}

/** What is said of the files of an environment that is known as a whole. */
const ofEnvironment = async (rule: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> =>
  await told(rule, {
    'millrace.yaml': MILLRACE,
    ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`environments/prod/${file}`, text])),
  });

describe('R3: the node pool of a Kafka', () => {
  const files = { 'kafka/kafka.yaml': kafka, 'kafka/pool.yaml': pool };

  it('may lie beside the file that is checked by itself', async () => {
    expect(await told('references/node-pool', files, ['kafka/kafka.yaml'])).toEqual([]);
    const { findings } = await checkFiles({}, { paths: ['-'], standardInput: Buffer.from(kafka) });
    expect(findings.filter(({ rule }) => rule === 'references/node-pool')).toEqual([]);
  });

  it('is missing where a folder or a root has none', async () => {
    const without = { 'kafka/kafka.yaml': kafka };
    expect(await told('references/node-pool', without, ['kafka'])).toEqual(['error kafka/kafka.yaml']);
    expect(await told('references/node-pool', without, ['kafka', 'kafka/kafka.yaml'])).toEqual(['error kafka/kafka.yaml']);
    expect(await told('references/node-pool', { ...without, 'kafka/kustomization.yaml': 'resources: [kafka.yaml]\n' }, ['kafka/kustomization.yaml'])).toEqual([
      'error kafka/kafka.yaml',
    ]);
  });
});

describe('R45: a service account', () => {
  it('is missing in an environment that is known as a whole', async () => {
    expect(await ofEnvironment('references/service-account', { 'job.yaml': account('enricher') })).toEqual(['error environments/prod/job.yaml']);
  });

  it('may come with a chart that is delivered into its namespace', async () => {
    expect(await ofEnvironment('references/service-account', { 'job.yaml': account('enricher'), 'app.yaml': chart('extras', 'flink') })).toEqual([]);
    expect(await ofEnvironment('references/service-account', { 'job.yaml': account('enricher'), 'app.yaml': chart('extras', 'other') })).toHaveLength(1);
  });

  it.each([
    ['flink', undefined, 0],
    ['flink', '{valuesObject: {watchNamespaces: [flink]}}', 0],
    ['flink', '{valuesObject: {watchNamespaces: [other]}}', 1],
    ['flink', '{}', 1],
    ['flink', '{valuesObject: {watchNamespaces: [flink], jobServiceAccount: {create: false}}}', 1],
    ['jobs', '{valuesObject: {watchNamespaces: [flink], jobServiceAccount: {name: jobs}}}', 0],
    ['jobs', '{valuesObject: {watchNamespaces: [flink]}}', 1],
    ['jobs', '{valueFiles: [values-prod.yaml]}', 0],
  ])("named %s with an operator's chart of %s is missing %d times", async (name, helm, times) => {
    const operator: Readonly<Record<string, string>> = helm === undefined ? {} : { 'operator.yaml': chart('flink-kubernetes-operator', 'operators', helm) };
    expect(await ofEnvironment('references/service-account', { 'job.yaml': account(name), ...operator })).toHaveLength(times);
  });
});

describe('what a chart may bring into a namespace', () => {
  it.each([
    ['R45: a Role', 'references/role-binding', binding],
    ['R36: a session cluster', 'references/session-cluster', sessionJob],
  ])('%s is not missing', async (_what, rule, text) => {
    expect(await ofEnvironment(rule, { 'it.yaml': text })).toEqual(['error environments/prod/it.yaml']);
    expect(await ofEnvironment(rule, { 'it.yaml': text, 'app.yaml': chart('extras', 'flink') })).toEqual([]);
  });
});

describe('R71: a Secret that is made in another namespace than it is read in', () => {
  it('is an error where the environment is known as a whole, and a warning where it is not', async () => {
    expect(await ofEnvironment('references/secret-namespace', { 'all.yaml': `${user}---${reader}` })).toEqual(['error environments/prod/all.yaml']);
    expect(await told('references/secret-namespace', { 'all.yaml': `${user}---${reader}` })).toEqual(['warning all.yaml']);
  });

  it('is a warning where a chart delivers into the namespace of who reads it', async () => {
    expect(await ofEnvironment('references/secret-namespace', { 'all.yaml': `${user}---${reader}`, 'app.yaml': chart('extras', 'flink') })).toEqual([
      'warning environments/prod/all.yaml',
    ]);
  });

  it('keeps the severity that a person gave the rule', async () => {
    const files = { 'millrace.yaml': 'rules: {references/secret-namespace: {severity: error}}\n', 'all.yaml': `${user}---${reader}` };
    expect(await told('references/secret-namespace', files)).toEqual(['error all.yaml']);
  });

  it('may be made by what nobody here knows and names it', async () => {
    const policy = `
apiVersion: policies.acme.example/v1
kind: Clone
metadata: {name: sync}
spec: {rules: [{generate: {kind: Secret, name: enricher, namespace: flink}}]}
`;
    const files = { 'all.yaml': `${user}---${reader}`, 'policy.yaml': policy };
    expect(await told('references/secret-namespace', files)).toEqual([]);
  });
});

describe('an exception', () => {
  it('is told of a rule whose finding is only a warning here', async () => {
    const files = {
      'millrace.yaml': 'rules: {references/secret-namespace: {exceptions: [{kind: FlinkDeployment, name: enricher, reason: copied}]}}\n',
      'all.yaml': `${user}---${reader}`,
    };
    expect(said(await checkFiles(files)).filter((line) => /secret-namespace|stale/.test(line))).toEqual([]);
  });
});

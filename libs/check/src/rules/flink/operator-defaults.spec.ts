import { describe, expect, it } from 'vitest';

import { checkFiles } from '../../run.fixture.js';

/** The operator's Application, told whatever a test says. */
const operator = (helm: string, name = 'flink-operator') => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  project: operators
  source:
    repoURL: https://archive.apache.org/dist/flink/flink-kubernetes-operator-1.15.0/
    chart: flink-kubernetes-operator
    targetRevision: 1.15.0
    helm: ${helm}
  destination: {server: https://kubernetes.default.svc, namespace: flink-operator}
`;

/** The same with settings for all deployments. */
const configured = (settings: readonly string[], more = '') =>
  operator(`{valuesObject: {defaultConfiguration: {flink-conf.yaml: "${settings.join('\\n')}"}${more}}}`);

/** A deployment that leaves all it can to its operator. */
const JOB = `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  image: registry.acme.example/orders/order-processor:1.4.2
  flinkVersion: v2_2
  serviceAccount: flink
  flinkConfiguration: {kubernetes.operator.deployment.rollback.enabled: "true"}
  jobManager: {replicas: 2}
  taskManager: {}
  job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", parallelism: 2, upgradeMode: savepoint}
`;
const REFUSED = ['flink/memory', 'flink/memory', 'flink/rollback', 'flink/standby-job-manager', 'flink/state-directory', 'flink/state-directory'];

const ALL = [
  'execution.checkpointing.dir: s3://acme/prod/checkpoints',
  'execution.checkpointing.savepoint-dir: s3://acme/prod/savepoints',
  'high-availability.type: kubernetes',
  'high-availability.storageDir: s3://acme/prod/ha',
  'jobmanager.memory.process.size: 2g',
  'taskmanager.memory.process.size: 4g',
];

/** The rules of Flink and of references that find something, and what they say. */
async function found(files: Readonly<Record<string, string>>): Promise<readonly (readonly [rule: string, message: string])[]> {
  const { findings } = await checkFiles(files);
  return findings.filter(({ rule }) => /^(?:flink|references|security)\//.test(rule)).map(({ rule, message }) => [rule, message]);
}
const rulesOf = async (files: Readonly<Record<string, string>>) => (await found(files)).map(([rule]) => rule).sort();

describe('what a deployment leaves to its operator', () => {
  it('R25, R27: is missing where no operator of the run says it', async () => {
    expect(await rulesOf({ 'job.yaml': JOB })).toEqual(REFUSED);
    expect(await rulesOf({ 'job.yaml': JOB, 'operator.yaml': configured(['a: b']) })).toEqual(REFUSED);
  });

  it('R25, R27, R28: is there where its chart is told', async () => {
    expect(await rulesOf({ 'job.yaml': JOB, 'operator.yaml': configured(ALL) })).toEqual([]);
  });

  it('is there as nested YAML too, and in lines that are no YAML', async () => {
    const nested = operator(
      `{valuesObject: {defaultConfiguration: {flink-conf.yaml: null, config.yaml: "execution: {checkpointing: {dir: s3://a/c, savepoint-dir: s3://a/s}}\\nhigh-availability: {type: kubernetes, storageDir: s3://a/ha}\\njobmanager.memory.process.size: 2g\\ntaskmanager.memory.process.size: 4g"}}}`,
    );
    expect(await rulesOf({ 'job.yaml': JOB, 'operator.yaml': nested })).toEqual([]);
    expect(await rulesOf({ 'job.yaml': JOB, 'operator.yaml': configured(['env.java.opts.all: @args # here', ...ALL]) })).toEqual([]);
  });

  it('is there for one namespace, and for a version and those after it', async () => {
    const prefix = 'kubernetes.operator.default-configuration.';
    const under = (name: string) => ({ 'job.yaml': JOB, 'operator.yaml': configured(ALL.map((line) => `${prefix}${name}.${line}`)) });
    expect(await rulesOf(under('namespace.flink'))).toEqual([]);
    expect(await rulesOf(under('flink-version.v1_20+'))).toEqual([]);
    expect(await rulesOf(under('flink-version.v2_2'))).toEqual([]);
    expect(await rulesOf(under('namespace.other'))).toEqual(REFUSED);
    expect(await rulesOf(under('flink-version.v1_20'))).toEqual(REFUSED);
    expect(await rulesOf(under('flink-version.v2_3+'))).toEqual(REFUSED);
  });

  it('is there in the ConfigMap that the chart renders', async () => {
    const rendered = (watched: string) => `
apiVersion: v1
kind: ConfigMap
metadata: {name: flink-operator-config, namespace: flink-operator}
data:
  flink-conf.yaml: |
${[...ALL, `kubernetes.operator.watched.namespaces: ${watched}`].map((line) => `    ${line}\n`).join('')}`;
    expect(await rulesOf({ 'job.yaml': JOB, 'operator.yaml': rendered('a,flink') })).toEqual([]);
    expect(await rulesOf({ 'job.yaml': JOB, 'operator.yaml': rendered('a') })).toEqual(REFUSED);
  });

  it('is not known where the operator is told more than can be read here', async () => {
    for (const helm of [
      '{valueFiles: [production.yaml]}',
      '{parameters: [{name: x, value: y}]}',
      '{valuesObject: {defaultConfiguration: {create: false}}}',
      '{valuesObject: {defaultConfiguration: {flink-conf.yaml: "{{ .Values.settings }}"}}}',
    ]) {
      expect(await rulesOf({ 'job.yaml': JOB, 'operator.yaml': operator(helm) }), helm).toEqual([]);
    }
  });

  it('is looked for at an operator that watches the namespace, and told where every one that may be its own lacks it', async () => {
    const elsewhere = configured(ALL, ', watchNamespaces: [other]');
    expect((await rulesOf({ 'job.yaml': JOB, 'operator.yaml': elsewhere })).filter((rule) => rule.startsWith('flink/'))).toEqual(REFUSED);
    const both = {
      'job.yaml': JOB,
      'dev/operator.yaml': configured(['a: b']),
      'prod/operator.yaml': configured(ALL).replace('name: flink-operator,', 'name: prod,'),
    };
    expect(await rulesOf(both)).toEqual([]);
  });

  it("R39: is told with the key where the operator's own setting is what is wrong", async () => {
    const job = JOB.replace(/\n {2}flinkConfiguration.*/, '').replace('replicas: 2', 'replicas: 1');
    const settings = ['kubernetes.operator.deployment.rollback.enabled: true', ...ALL.filter((line) => !line.startsWith('high-availability'))];
    expect((await found({ 'job.yaml': job, 'operator.yaml': configured(settings) })).filter(([rule]) => rule === 'flink/rollback')).toEqual([
      [
        'flink/rollback',
        "kubernetes.operator.deployment.rollback.enabled is on, but there is no high availability (kubernetes.operator.deployment.rollback.enabled comes from the operator's own configuration)",
      ],
    ]);
  });

  it('R27: holds for a session job as for its cluster', async () => {
    const session = `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: session, namespace: flink}
spec: {image: "registry.acme.example/flink:1", flinkVersion: v2_2, serviceAccount: flink, jobManager: {}, taskManager: {}}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: sums, namespace: flink}
spec: {deploymentName: session, job: {jarURI: "https://repo.acme.example/sums.jar", parallelism: 1, upgradeMode: savepoint}}
`;
    const said = async (files: Readonly<Record<string, string>>) => (await rulesOf(files)).filter((rule) => rule === 'references/session-job-settings');
    expect(await said({ 'job.yaml': session })).toHaveLength(2);
    expect(await said({ 'job.yaml': session, 'operator.yaml': configured(ALL) })).toEqual([]);
    expect(await said({ 'job.yaml': session, 'operator.yaml': operator('{valueFiles: [x.yaml]}') })).toEqual([]);
  });

  it('R35, R47: loads the plugin of a file system', async () => {
    const job = JOB.replace('registry.acme.example/orders/order-processor:1.4.2', 'flink:2.2.1').replace('local:///opt/flink/usrlib', 's3://acme/jars');
    const load = ['master', 'taskmanager'].map((role) => `containerized.${role}.env.ENABLE_BUILT_IN_PLUGINS: flink-s3-fs-presto-2.2.1.jar`);
    expect(await rulesOf({ 'job.yaml': job, 'operator.yaml': configured(ALL) })).toEqual(['flink/jar-uri']);
    expect(await rulesOf({ 'job.yaml': job, 'operator.yaml': configured([...ALL, ...load]) })).toEqual([]);
    const state = job.replace('s3://acme/jars', 'local:///opt/flink/usrlib');
    expect(await rulesOf({ 'job.yaml': state, 'operator.yaml': configured(ALL) })).toEqual(['flink/filesystem-plugin']);
    expect(await rulesOf({ 'job.yaml': state, 'operator.yaml': configured([...ALL, ...load]) })).toEqual([]);
  });
});

describe('security/data-port', () => {
  const POLICY = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: order-processor, namespace: flink}
spec:
  podSelector: {matchLabels: {app: order-processor}}
  policyTypes: [Ingress]
  ingress:
    - from: [{podSelector: {matchLabels: {app: order-processor}}}]
      ports: [{port: 6123}, {port: 6124}, {port: 6122}, {port: 6121}]
`;
  const said = async (files: Readonly<Record<string, string>>) =>
    (await rulesOf({ 'policy.yaml': POLICY, ...files })).filter((rule) => rule === 'security/data-port');
  const deployed = (spec: string) => ({
    'job.yaml': `apiVersion: flink.apache.org/v1beta1\nkind: FlinkDeployment\nmetadata: {name: order-processor, namespace: flink}\nspec: ${spec}\n`,
  });

  it.each([
    ['a standalone session cluster of one', '{mode: standalone, taskManager: {replicas: 1}}', 0],
    ['a standalone session cluster that does not say how many', '{mode: standalone}', 0],
    ['one TaskManager with many slots', '{job: {}, taskManager: {replicas: 1}, flinkConfiguration: {taskmanager.numberOfTaskSlots: "8"}}', 0],
    ['a job that fits into the slots of one', '{job: {parallelism: 4}, flinkConfiguration: {taskmanager.numberOfTaskSlots: "4"}}', 0],
    ['a job of two', '{job: {parallelism: 4}, flinkConfiguration: {taskmanager.numberOfTaskSlots: "2"}}', 1],
    ['a standalone session cluster of two', '{mode: standalone, taskManager: {replicas: 2}}', 1],
    ['a session cluster in native mode, which makes as many as jobs ask for', '{taskManager: {replicas: 1}}', 1],
    ['a port that is filled in later', '{job: {parallelism: 4}, flinkConfiguration: {taskmanager.data.port: "${PORT}"}}', 0],
  ])('R80: %s', async (_what, spec, count) => {
    expect(await said(deployed(spec))).toHaveLength(count);
  });

  it("R80: a port that the operator's configuration pins is pinned", async () => {
    const files = { ...deployed('{job: {parallelism: 4}}'), 'operator.yaml': configured(['taskmanager.data.port: 6121']) };
    expect(await said(files)).toEqual([]);
    expect(await said({ ...files, 'operator.yaml': configured(['taskmanager.data.port: 6120']) })).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';

import { checkFiles } from '../../run.fixture.js';

interface Where {
  readonly name?: string;
  readonly source?: string;
  readonly server?: string;
}

/** An Application that installs an operator's chart with some values. */
function operator(
  chart: string,
  values: string,
  {
    name = 'operator',
    source = `repoURL: https://charts.acme.example, chart: ${chart}, targetRevision: 1.2.3`,
    server = 'https://kubernetes.default.svc',
  }: Where = {},
): string {
  return `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  project: operators
  source: {${source}, helm: {${values}}}
  destination: {server: "${server}", namespace: ${name}}
`;
}
const FLINK = 'flink-kubernetes-operator';
const STRIMZI = 'strimzi-kafka-operator';

/** What one rule says, an offence a line. */
async function said(rule: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { findings } = await checkFiles(files);
  return findings.filter((finding) => finding.rule === rule).map(({ severity, file, message }) => `${severity} ${file}: ${message}`);
}

describe('flink/operator-image', () => {
  const rule = 'flink/operator-image';
  const git = (revision: string) => ({
    source: `repoURL: https://github.com/apache/flink-kubernetes-operator.git, path: helm/${FLINK}, targetRevision: ${revision}`,
  });

  it('R44: latest, in the values or in the chart as it lies in git', async () => {
    expect(await said(rule, { 'a.yaml': operator(FLINK, 'valuesObject: {image: {tag: latest}}') })).toEqual([
      'warning a.yaml: image.tag of the operator is latest',
    ]);
    expect(await said(rule, { 'a.yaml': operator(FLINK, 'valuesObject: {replicas: 1}', git('release-1.15.0')) })).toEqual([
      "warning a.yaml: the chart is taken from the operator's git repository, where image.tag is latest, and the values name no other (release-1.15.0)",
    ]);
  });

  it.each([
    ['a release', operator(FLINK, 'valuesObject: {image: {tag: 1.15.0}}')],
    ["a release's own chart, which has its tag", operator(FLINK, 'valuesObject: {replicas: 1}')],
    ['a digest, which wins', operator(FLINK, 'valuesObject: {image: {tag: latest, digest: "sha256:abc"}}')],
    ['the chart in git with a tag', operator(FLINK, 'valuesObject: {image: {tag: 1.15.0}}', git('main'))],
    ['the chart in git with values that are not here', operator(FLINK, 'valueFiles: [production.yaml]', git('main'))],
    ['another chart', operator('billing', 'valuesObject: {image: {tag: latest}}')],
  ])('says nothing of %s', async (_what, text) => {
    expect(await said(rule, { 'a.yaml': text })).toEqual([]);
  });
});

describe('flink/operator-election', () => {
  const rule = 'flink/operator-election';

  it('R45: several pods without an election', async () => {
    expect(await said(rule, { 'a.yaml': operator(FLINK, 'valuesObject: {replicas: 2}') })).toEqual([
      'error a.yaml: the operator has 2 pods, and kubernetes.operator.leader-election.enabled is not true',
    ]);
  });

  it.each([
    ['one pod', 'valuesObject: {replicas: 1}'],
    ['an election', 'valuesObject: {replicas: 2, defaultConfiguration: {flink-conf.yaml: "a: b\\nkubernetes.operator.leader-election.enabled: true"}}'],
    ['an election in YAML', 'valuesObject: {replicas: 2, defaultConfiguration: {config.yaml: "kubernetes: {operator: {leader-election: {enabled: true}}}"}}'],
    ['a configuration from elsewhere', 'valuesObject: {replicas: 2, defaultConfiguration: {create: false}}'],
    ['values that are not here', 'valuesObject: {replicas: 2}, valueFiles: [more.yaml]'],
  ])('says nothing of %s', async (_what, values) => {
    expect(await said(rule, { 'a.yaml': operator(FLINK, values) })).toEqual([]);
  });
});

describe('references/operators-apart', () => {
  const rule = 'references/operators-apart';
  const two = (one: string, other: string, where: Where = {}, chart = STRIMZI) =>
    ({ 'apps/a.yaml': operator(chart, one, { name: 'one' }), 'apps/b.yaml': operator(chart, other, { name: 'two', ...where }) }) as const;
  const watching = (names: string) => `valuesObject: {watchNamespaces: [${names}]}`;

  it('R23, R45: two of one kind in one cluster that watch one namespace', async () => {
    expect(await said(rule, two(watching('kafka, a'), watching('b, kafka')))).toEqual([
      'warning apps/a.yaml: this operator of Strimzi and that of the Application two both watch namespace kafka',
      'warning apps/b.yaml: this operator of Strimzi and that of the Application one both watch namespace kafka',
    ]);
    expect(await said(rule, two(watching('kafka'), 'valuesObject: {watchAnyNamespace: true}'))).toHaveLength(2);
    expect(await said(rule, two('valuesObject: {}', watching('flink'), {}, FLINK))).toHaveLength(2);
  });

  it.each([
    ['namespaces of their own', two(watching('a'), watching('b'))],
    ['clusters of their own', two(watching('kafka'), watching('kafka'), { server: 'https://dev.acme.example' })],
    [
      'a selection by labels',
      two(watching('kafka'), 'valuesObject: {watchNamespaces: [kafka], extraEnvs: [{name: STRIMZI_CUSTOM_RESOURCE_SELECTOR, value: team=a}]}'),
    ],
    ['values that are not here', two(watching('kafka'), 'valueFiles: [x.yaml]')],
    ['other operators', { ...two(watching('a'), watching('b')), 'apps/b.yaml': operator(FLINK, watching('a'), { name: 'flink' }) }],
  ])('says nothing of %s', async (_what, files) => {
    expect(await said(rule, files)).toEqual([]);
  });

  it('says nothing of two environments that each have an Argo CD of their own', async () => {
    const files = two(watching('kafka'), watching('kafka'));
    expect(await said(rule, { 'dev/a.yaml': files['apps/a.yaml'], 'prod/b.yaml': files['apps/b.yaml'] })).toEqual([]);
  });
});

describe('flink/read-only-plugins', () => {
  const job = (spec: string) => ({
    'a.yaml': `apiVersion: flink.apache.org/v1beta1\nkind: FlinkDeployment\nmetadata: {name: a, namespace: flink}\nspec: ${spec}\n`,
  });
  const main = (more: string) => `{spec: {containers: [{name: flink-main-container${more}}]}}`;
  const ENABLED = ', env: [{name: ENABLE_BUILT_IN_PLUGINS, value: flink-s3-fs-presto-2.2.1.jar}]';
  const LOCKED = ', securityContext: {readOnlyRootFilesystem: true}';
  const count = async (spec: string) => (await said('flink/read-only-plugins', job(spec))).length;

  it.each([
    ['both in the common template', `{podTemplate: ${main(ENABLED + LOCKED)}}`, 1],
    ['one in the common template, the other in that of a role', `{podTemplate: ${main(ENABLED)}, taskManager: {podTemplate: ${main(LOCKED)}}}`, 1],
    ['each role by itself', `{jobManager: {podTemplate: ${main(ENABLED + LOCKED)}}, taskManager: {podTemplate: ${main(ENABLED + LOCKED)}}}`, 2],
    [
      'a role that may write after all, and one that may not',
      `{podTemplate: ${main(ENABLED + LOCKED)}, jobManager: {podTemplate: ${main(', securityContext: {readOnlyRootFilesystem: false}')}}}`,
      1,
    ],
    ['two roles that share nothing', `{jobManager: {podTemplate: ${main(ENABLED)}}, taskManager: {podTemplate: ${main(LOCKED)}}}`, 0],
    ['a volume for the plugins', `{podTemplate: ${main(`${ENABLED}${LOCKED}, volumeMounts: [{name: p, mountPath: /opt/flink/plugins}]`)}}`, 0],
    ['another command', `{podTemplate: ${main(`${ENABLED}${LOCKED}, command: [/start.sh]`)}}`, 0],
    ['no plugin', `{podTemplate: ${main(LOCKED)}}`, 0],
  ])('R47: %s', async (_what, spec, expected) => {
    expect(await count(spec)).toBe(expected);
  });
});

describe('what a job that scales, writes and keeps state lacks', () => {
  const cluster = (settings: string, mode = 'savepoint') =>
    `apiVersion: flink.apache.org/v1beta1\nkind: FlinkDeployment\nmetadata: {name: a, namespace: flink}\nspec: {flinkVersion: v2_2, flinkConfiguration: {${settings}}, job: {parallelism: 2, upgradeMode: ${mode}}}\n`;

  it('R37: checkpoints that go with the job, of one that keeps state', async () => {
    const rule = 'flink/checkpoint-retention';
    const DELETE = 'execution.checkpointing.externalized-checkpoint-retention: DELETE_ON_CANCELLATION';
    expect(await said(rule, { 'a.yaml': cluster(DELETE) })).toHaveLength(1);
    expect(await said(rule, { 'a.yaml': cluster(DELETE, 'stateless') })).toEqual([]);
    expect(await said(rule, { 'a.yaml': cluster(DELETE.replace('DELETE', 'RETAIN')) })).toEqual([]);
  });

  it("R40, R84: an autoscaler without a ceiling, unless the operator's configuration has one", async () => {
    const rule = 'flink/autoscaler-ceiling';
    const files = { 'a.yaml': cluster('job.autoscaler.enabled: "true"') };
    expect(await said(rule, files)).toEqual(['warning a.yaml: job.autoscaler.enabled is on, and pipeline.max-parallelism is not set']);
    expect(await said(rule, { 'a.yaml': cluster('job.autoscaler.enabled: "false"') })).toEqual([]);
    const configured = operator(FLINK, 'valuesObject: {defaultConfiguration: {flink-conf.yaml: "pipeline.max-parallelism: 720"}}');
    expect(await said(rule, { ...files, 'operator.yaml': configured })).toEqual([]);
  });

  it('R40: a number of TaskManagers in git beside what scales them', async () => {
    const hpa = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: a, namespace: flink}
spec: {maxReplicas: 8, scaleTargetRef: {apiVersion: flink.apache.org/v1beta1, kind: FlinkDeployment, name: a}}
`;
    const standalone = (taskManager: string) => cluster('a: b').replace('flinkVersion', `mode: standalone, taskManager: ${taskManager}, flinkVersion`) + hpa;
    expect(await said('references/pod-autoscaler', { 'a.yaml': standalone('{replicas: 2}') })).toEqual([
      'warning a.yaml: the FlinkDeployment a says spec.taskManager.replicas: 2, which this HorizontalPodAutoscaler changes: every apply sets it back',
    ]);
    expect(await said('references/pod-autoscaler', { 'a.yaml': standalone('{}') })).toEqual([]);
  });

  it('R88: a sink that asks for an hour, of a Kafka that gives a quarter of one', async () => {
    const files = (args: string, config = '{}') => ({
      'a.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: streaming}
spec: {kafka: {config: ${config}}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: a, namespace: streaming, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {authentication: {type: scram-sha-512}}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: a, namespace: streaming}
spec:
  job: {args: [${args}]}
  podTemplate: {spec: {containers: [{name: flink-main-container, env: [{name: P, valueFrom: {secretKeyRef: {name: a, key: password}}}]}]}}
`,
    });
    const rule = 'references/transaction-default';
    expect(await said(rule, files('--sink-guarantee, exactly-once'))).toEqual([
      'warning a.yaml: the job writes exactly once and is given no transaction.timeout.ms, so Flink asks for 3600000, but the Kafka kafka-cluster allows 900000, which is the default of transaction.max.timeout.ms',
    ]);
    expect(await said(rule, files('--transactional-id-prefix, a-'))).toHaveLength(1);
    expect(await said(rule, files('--transactional-id-prefix, a-, --sink-guarantee, at-least-once'))).toEqual([]);
    expect(await said(rule, files('--sink-guarantee, exactly-once, --transaction.timeout.ms, "600000"'))).toEqual([]);
    expect(await said(rule, files('--sink-guarantee, exactly-once, --transaction.timeout.ms, "${TIMEOUT}"'))).toEqual([]);
    expect(await said(rule, files('--sink-guarantee, exactly-once', '{transaction.max.timeout.ms: 3600000}'))).toEqual([]);
    expect(await said(rule, files('--topic, orders'))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';

import { checkFiles } from '../../run.fixture.js';

const MILLRACE = 'repository: {url: https://git.acme.example/streaming.git}\nteams: {}\n';

/** An Application that installs an operator's chart, with whatever it says to Helm. */
function operator(chart: string, helm: string, more = ''): string {
  return `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: operator, namespace: argocd}
spec:
  project: operators
  sources:
    - {repoURL: https://charts.acme.example, chart: ${chart}, targetRevision: 1.2.3, helm: ${helm}}
    - {repoURL: https://git.acme.example/streaming.git, targetRevision: main, ref: values}
  destination: {server: https://kubernetes.default.svc, namespace: operators}
${more}`;
}

const KAFKA = 'apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata: {name: events, namespace: kafka}\nspec: {kafka: {}}\n';
const SESSION_JOB = `apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: sums, namespace: flink}
spec: {deploymentName: session, job: {jarURI: "s3://jars/sums.jar", parallelism: 1, upgradeMode: stateless}}
`;

/** What one rule says, an offence a line. */
async function said(rule: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { findings } = await checkFiles({ 'millrace.yaml': MILLRACE, ...files });
  return findings.filter((finding) => finding.rule === rule).map(({ file, line, message }) => `${file}:${line} ${message}`);
}

const APP = 'environments/prod/argocd/operator.yaml';
const VALUES = 'environments/prod/operators/strimzi/values.yaml';

describe('argocd/values-file', () => {
  it('R64: a file that is missing, or a source that nobody called so', async () => {
    const files = { [APP]: operator('strimzi-kafka-operator', '{valueFiles: [$values/a/b.yaml, $other/a.yaml]}') };
    expect(await said('argocd/values-file', files)).toEqual([
      `${APP}:7 there is no file a/b.yaml in this repository`,
      `${APP}:7 no source of this Application has ref: other`,
    ]);
  });

  it.each([
    ['what may be missing', '{valueFiles: [$values/a.yaml], ignoreMissingValueFiles: true}'],
    ['a pattern', '{valueFiles: ["$values/a/*.yaml"]}'],
    ["the chart's own file", '{valueFiles: [values-production.yaml]}'],
    ["a variable of Argo CD's", '{valueFiles: [$ARGOCD_APP_NAME/values.yaml]}'],
    ['an address', '{valueFiles: ["https://values.acme.example/a.yaml"]}'],
  ])('says nothing of %s', async (_what, helm) => {
    expect(await said('argocd/values-file', { [APP]: operator('strimzi-kafka-operator', helm) })).toEqual([]);
  });

  it("says nothing of another repository's files", async () => {
    const foreign = operator('strimzi-kafka-operator', '{valueFiles: [$values/a.yaml]}').replace('acme.example/streaming', 'acme.example/values');
    expect(await said('argocd/values-file', { [APP]: foreign })).toEqual([]);
  });
});

describe('references/watching-operator', () => {
  const rule = 'references/watching-operator';
  const files = (helm: string, values: string) => ({
    [APP]: operator('strimzi-kafka-operator', helm),
    [VALUES]: values,
    'environments/prod/kafka/kafka.yaml': KAFKA,
  });
  const own = `{valueFiles: [$values/${VALUES}, $values/own.yaml], ignoreMissingValueFiles: true}`;

  it('R23: a Kafka in a namespace that no operator watches', async () => {
    expect(await said(rule, files(own, 'watchNamespaces: [kafka-old]\n'))).toEqual([
      'environments/prod/kafka/kafka.yaml:3 no operator of prod watches namespace kafka, but kafka-old, operators',
    ]);
  });

  it('R45: Flink in a namespace that its operator does not watch', async () => {
    const flink = {
      [APP]: operator('flink-kubernetes-operator', '{valuesObject: {watchNamespaces: [other]}}'),
      'environments/prod/flink/job.yaml': SESSION_JOB,
    };
    expect(await said(rule, flink)).toEqual(['environments/prod/flink/job.yaml:3 no operator of prod watches namespace flink, but other']);
  });

  it.each([
    ['it is watched', own, 'watchNamespaces: [kafka]\n'],
    ['everything is', own, 'watchAnyNamespace: true\n'],
    ['a file cannot be read here', `{valueFiles: [$values/${VALUES}, others.yaml]}`, 'watchNamespaces: [kafka-old]\n'],
    ['a parameter may say it', `{valueFiles: [$values/${VALUES}], parameters: [{name: "watchNamespaces[0]", value: kafka}]}`, 'watchNamespaces: [x]\n'],
    ["the Application's own values win", `{valueFiles: [$values/${VALUES}], valuesObject: {watchNamespaces: [kafka]}}`, 'watchNamespaces: [x]\n'],
  ])('says nothing where %s', async (_what, helm, values) => {
    expect(await said(rule, files(helm, values))).toEqual([]);
  });

  it('says nothing where the operators are those of another environment', async () => {
    const elsewhere = { [APP]: operator('strimzi-kafka-operator', '{valuesObject: {watchNamespaces: [x]}}'), 'environments/staging/kafka.yaml': KAFKA };
    expect(await said(rule, elsewhere)).toEqual([]);
  });

  it('R23: knows the operator by its Deployment too', async () => {
    const deployment = (value: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: strimzi-cluster-operator, namespace: strimzi}
spec: {template: {spec: {containers: [{name: operator, env: [{name: STRIMZI_NAMESPACE, ${value}}]}]}}}
`;
    const at = (value: string) => ({ 'environments/prod/kafka/kafka.yaml': KAFKA, 'environments/prod/strimzi.yaml': deployment(value) });
    expect(await said(rule, at('value: "a,b"'))).toHaveLength(1);
    expect(await said(rule, at('valueFrom: {fieldRef: {fieldPath: metadata.namespace}}'))).toHaveLength(1);
    expect(await said(rule, at('value: "a,kafka"'))).toEqual([]);
    expect(await said(rule, at('value: "*"'))).toEqual([]);
    expect(await said(rule, at('value: "${NAMESPACES}"'))).toEqual([]);
  });
});

describe('security/webhook-password', () => {
  it('R43: looks into the values files of this repository', async () => {
    const files = (values: string) => ({ [APP]: operator('flink-kubernetes-operator', `{valueFiles: [$values/${VALUES}]}`), [VALUES]: values });
    expect(await said('security/webhook-password', files('webhook: {keystore: {useDefaultPassword: true}}\n'))).toEqual([
      `${APP}:7 webhook.keystore.useDefaultPassword is true`,
    ]);
    expect(await said('security/webhook-password', files('webhook: {create: false, keystore: {useDefaultPassword: true}}\n'))).toEqual([]);
    expect(await said('security/webhook-password', files('webhook: {keystore: {useDefaultPassword: false}}\n'))).toEqual([]);
  });
});

describe('flink/session-jar-scheme', () => {
  const files = (configuration: string) => ({
    [APP]: operator('flink-kubernetes-operator', `{valuesObject: {defaultConfiguration: {flink-conf.yaml: "${configuration}"}}}`),
    'environments/prod/flink/job.yaml': SESSION_JOB,
  });
  const KEY = 'kubernetes.operator.user.artifacts.allowed-schemes';

  it("R35: takes what the run's operator allows", async () => {
    expect(await said('flink/session-jar-scheme', files('a: b'))).toHaveLength(1);
    expect(await said('flink/session-jar-scheme', files(`${KEY}: https`))).toHaveLength(1);
    expect(await said('flink/session-jar-scheme', files(`a: b\\n${KEY}: https;s3`))).toEqual([]);
  });
});

describe('flink/artifact-plugin', () => {
  const CONFIGURATION = 'defaultConfiguration: {flink-conf.yaml: "kubernetes.operator.user.artifacts.allowed-schemes: https;s3"}\n';
  const PUBLISHED = 'image: {repository: ghcr.io/apache/flink-kubernetes-operator, tag: 1.15.0}\n';
  const OWN = 'environments/prod/operators/flink/own-values.yaml';
  const told = (values: string, own: Readonly<Record<string, string>> = {}) =>
    said('flink/artifact-plugin', {
      [APP]: operator('flink-kubernetes-operator', `{valueFiles: [$values/${VALUES}, $values/${OWN}], ignoreMissingValueFiles: true}`),
      [VALUES]: values,
      ...own,
    });

  it('R35: the published image fetches over https and http alone', async () => {
    expect(await told(`${PUBLISHED}${CONFIGURATION}`)).toEqual([
      `${APP}:7 the operator may fetch jars over s3, and the published image has no plugin for that (flink-s3-fs-presto or flink-s3-fs-hadoop)`,
    ]);
    expect(await told(CONFIGURATION)).toHaveLength(1);
    expect(await told(`${PUBLISHED}${CONFIGURATION}`, { [OWN]: 'logLevel: DEBUG\n' })).toHaveLength(1);
  });

  it.each([
    ["a person's own values name an image", `${PUBLISHED}${CONFIGURATION}`, { [OWN]: 'image: {repository: registry.acme.example/operator-s3}\n' }],
    ['a folder is mounted, which may have it', `${PUBLISHED}${CONFIGURATION}`, { [OWN]: 'operatorVolumeMounts: {create: true}\n' }],
    ['every scheme is its own', `${PUBLISHED}${CONFIGURATION.replace('s3', 'http')}`, {}],
  ])('says nothing where %s', async (_what, values, own) => {
    expect(await told(values, own)).toEqual([]);
  });
});

describe('argocd/target-revision', () => {
  it('R63: a chart in a registry is pinned as well', async () => {
    const chart = (revision: string) => ({
      [APP]: operator('x', '{}').replace(
        'https://charts.acme.example, chart: x, targetRevision: 1.2.3',
        `oci://registry.acme.example/charts/x, path: ., targetRevision: "${revision}"`,
      ),
    });
    expect(await said('argocd/target-revision', chart('1.*'))).toEqual([`${APP}:7 chart x is taken in whatever version "1.*" allows`]);
    expect(await said('argocd/target-revision', chart('1.2.3'))).toEqual([]);
  });
});

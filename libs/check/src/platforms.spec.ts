import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { schemaSetNames } from '@millrace/apiserver';
import { newestPlatform, platform, platformNames } from '@millrace/model';
import { describe, expect, it } from 'vitest';

import { check } from './check.js';
import type { CheckReport } from './report.js';
import { checkFiles, inFolder, source } from './run.fixture.js';

const environment = (name: string, rest: string): Readonly<Record<string, string>> => ({
  [`environments/${name}/environment.yaml`]: `environment: ${name}\n${rest}\n`,
  [`environments/${name}/kafka/kustomization.yaml`]: 'namespace: kafka\nresources: [../../../base]\n',
});

/** One Kafka in the environments of different sets: it asks for what only the newest has. */
const files: Readonly<Record<string, string>> = {
  'millrace.yaml': 'repository: {url: https://git.acme.example/streaming.git}\nteams: {}\n',
  ...environment('dev', 'platform: "2026.08"'),
  ...environment('prod', 'promotesFrom: dev\nplatform: "2026.11"'),
  'base/kustomization.yaml': 'resources: [kafka.yaml]\n',
  'base/kafka.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster}
spec:
  kafka:
    version: 4.3.1
    metadataVersion: 4.3-IV0
    listeners: [{name: tls, port: 9093, type: internal, tls: true, authentication: {type: scram-sha-512}}]
    authorization: {type: simple}
    template: {pod: {templatedVolumes: [{name: keys, secret: {secretName: "keys"}}]}}
  entityOperator: {topicOperator: {}, userOperator: {}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: all, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {replicas: 3, roles: [broker, controller], storage: {type: ephemeral}}
`,
};
const OLDER = [
  [
    'strimzi/kafka-version',
    'Strimzi 1.1.0 of platform 2026.08 does not support Kafka 4.3.1; it supports 4.2.0, 4.2.1, 4.3.0',
    "Write one of those, after the steps that Strimzi's upgrade guide gives for your running version.",
  ],
  [
    'schema/unknown-field',
    'there is no field spec.kafka.template.pod.templatedVolumes in platform 2026.08',
    'Remove it, or set platform: "2026.11" for the environment.',
  ],
];
const errorsOf = ({ findings }: CheckReport): readonly (readonly string[])[] =>
  findings.filter(({ severity }) => severity === 'error').map(({ rule, message, fix }) => [rule, message, fix]);
const alone = { paths: ['environments/dev/kafka', 'environments/prod/kafka'], reach: 'alone' } as const;

describe('the same Kafka in environments of different sets', () => {
  it('R1: gets the verdict of the Strimzi of each, and the finding names the set', async () => {
    const report = await checkFiles(files, alone);
    expect(errorsOf(report)).toEqual(OLDER);
    expect(report.findings.filter(({ severity }) => severity === 'error').map((finding) => report.overlaysOf.get(finding))).toEqual([
      ['environments/dev/kafka'],
      ['environments/dev/kafka'],
    ]);
    expect(errorsOf(await checkFiles(files, { ...alone, paths: ['environments/prod/kafka'] }))).toEqual([]);
  });

  it('gets the verdict of the set that a run names, before an environment moves to it', async () => {
    expect(errorsOf(await checkFiles(files, { ...alone, platform: '2026.11' }))).toEqual([]);
    expect(errorsOf(await checkFiles(files, { ...alone, paths: ['environments/prod/kafka'], platform: '2026.08' }))).toEqual(OLDER);
  });

  it('is judged anew where nothing but the set has changed, whatever was kept of the run before', async () => {
    await inFolder(files, async (folder) => {
      const run = async (platform: (typeof platformNames)[number]): Promise<CheckReport> =>
        await check({ folder, ...alone, platform, cache: join(folder, 'node_modules/.cache') });
      expect(errorsOf(await run('2026.11'))).toEqual([]);
      expect(errorsOf(await run('2026.08'))).toEqual(OLDER);
      expect(errorsOf(await run('2026.08'))).toEqual(OLDER);
      expect(errorsOf(await run('2026.11'))).toEqual([]);
    });
  });
});

describe('what lies in no environment', () => {
  const kafka = files['base/kafka.yaml'] ?? '';

  it('is checked against the newest set', async () => {
    expect(errorsOf(await checkFiles({ 'kafka.yaml': kafka }))).toEqual([]);
    expect(errorsOf(await checkFiles({ 'kafka.yaml': kafka }, { platform: '2026.08' }))).toEqual(OLDER);
    expect(errorsOf(await checkFiles({}, { paths: ['-'], standardInput: Buffer.from(kafka), platform: '2026.08' }))).toEqual(OLDER);
  });

  it('is checked against the set of the first environment where it follows next', async () => {
    const next = { 'apps/orders/next/kafka/kafka.yaml': kafka, 'apps/orders/next/kafka/kustomization.yaml': 'resources: [kafka.yaml]\n' };
    const paths = ['apps/orders/next/kafka'];
    expect(errorsOf(await checkFiles({ ...files, ...next }, { ...alone, paths }))).toEqual(OLDER);
    const newer = environment('dev', 'platform: "2026.11"');
    expect(errorsOf(await checkFiles({ ...files, ...next, ...newer }, { ...alone, paths }))).toEqual([]);
  });
});

describe('R24: the Flink of a deployment', () => {
  const deployment = (version: string): Readonly<Record<string, string>> => ({
    'job.yaml': `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: orders}
spec:
  flinkVersion: ${version}
  image: ghcr.io/acme/orders@sha256:${'5f'.repeat(32)}
  serviceAccount: flink
  jobManager: {resource: {cpu: 1, memory: 2048m}}
  taskManager: {resource: {cpu: 1, memory: 2048m}}
`,
  });

  it.each(platformNames)('is one of the set %s', async (name) => {
    const minors = Object.keys(platform(name).flink);
    for (const minor of minors) expect(errorsOf(await checkFiles(deployment(minor), { platform: name }))).toEqual([]);
    expect(errorsOf(await checkFiles(deployment('v2_3'), { platform: name }))).toEqual([
      ['flink/version', `platform ${name} has no Flink v2_3; it has ${minors.join(', ')}`, `Write one of ${minors.join(', ')}, and take its image.`],
    ]);
  });
});

describe('the definitions of a set', () => {
  it('are there for every set', () => {
    expect(schemaSetNames()).toEqual([...platformNames]);
    expect(schemaSetNames().at(-1)).toBe(newestPlatform);
  });

  it.each(platformNames)('R1: are those of the versions that %s names', (name) => {
    const provenance: unknown = JSON.parse(readFileSync(`${source}libs/apiserver/assets/schemas/${name}.json`, 'utf8'));
    const { operators, argocd } = platform(name);
    // External Secrets' stand for its version by a patch: the package that they are made from is older.
    expect(provenance).toMatchObject({
      platform: name,
      sources: expect.arrayContaining(
        [
          ['Strimzi', operators.strimzi.version],
          ['Flink Kubernetes operator', operators.flink.version],
          ['cert-manager', operators['cert-manager'].version],
          ['Argo CD', argocd.version],
        ].map(([product, version]): unknown => expect.objectContaining({ name: product, version })),
      ),
    });
  });
});

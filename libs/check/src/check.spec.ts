import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { check } from './check.js';
import { formatGithub } from './format/github.js';
import { formatJson } from './format/json.js';
import { formatSarif } from './format/sarif.js';
import type { Finding } from './finding.js';
import { rules } from './rules/index.js';
import { checkFiles, inFolder, ownRepository, said, source } from './run.fixture.js';

const millrace = ownRepository();

const TOPIC = `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata:
  name: orders
  labels: {strimzi.io/cluster: kafka-cluster}
spec: {partitions: 10, replicas: 3}
`;

describe('the flawed example', () => {
  it('is found defect by defect, each by its own rule, and nothing else', async () => {
    const { findings } = await check({ folder: `${source}libs/check/examples/flawed`, paths: ['.'] });
    expect(findings.map(({ rule, file, path }) => `${file} ${rule} ${path ?? ''}`)).toMatchInlineSnapshot(`
      [
        "client-settings.yaml security/sasl-properties data[client.properties]",
        "enricher-user.yaml references/user-authorization spec.authorization",
        "events-cluster.yaml strimzi/api-version apiVersion",
        "events-cluster.yaml references/node-pool spec.kafka",
        "events-cluster.yaml strimzi/kafka-version spec.kafka.version",
        "events-cluster.yaml strimzi/kafka-replicas spec.kafka.replicas",
        "events-cluster.yaml strimzi/listener-authentication spec.kafka.listeners[0].authentication",
        "events-cluster.yaml strimzi/kafka-storage spec.kafka.storage",
        "fraud-detector.yaml flink/memory spec.jobManager.resource.memory",
        "fraud-detector.yaml flink/memory spec.taskManager.resource.memory",
        "fraud-detector.yaml flink/service-account spec.serviceAccount",
        "fraud-detector.yaml flink/version spec.flinkVersion",
        "fraud-detector.yaml flink/deployment-mode spec.mode",
        "fraud-detector.yaml flink/high-availability spec.flinkConfiguration[high-availability.type]",
        "fraud-detector.yaml flink/upgrade-mode spec.job.upgradeMode",
        "fraud-detector.yaml flink/jar-outside-image spec.job.jarURI",
        "order-enricher.yaml flink/state-directory spec.flinkConfiguration[execution.checkpointing.savepoint-dir]",
        "order-enricher.yaml flink/overlapping-keys spec.flinkConfiguration.restart-strategy",
        "order-enricher.yaml flink/state-backend spec.flinkConfiguration[state.backend]",
        "order-enricher.yaml references/secret-namespace spec.podTemplate.spec.containers[0].env[0].valueFrom.secretKeyRef.name",
        "session-windows.yaml flink/deprecated-version spec.flinkVersion",
        "session-windows.yaml flink/upgrade-mode-place spec.upgradeMode",
        "shipments-topic.yaml strimzi/cluster-label metadata.labels",
        "shipments-topic.yaml schema/unknown-field spec.replicationFactor",
        "shipments-user.yaml strimzi/cluster-label metadata.labels",
      ]
    `);
  });
});

describe('this repository', () => {
  it('has nothing to find', async () => {
    const report = await check({ folder: source, paths: ['environments', 'apps'] });
    expect(said(report)).toEqual([]);
    expect(report.excepted).toEqual([]);
    expect(report.summary.resources).toBeGreaterThan(100);
    expect(report.unread).toEqual([]);
  });
});

describe('rules whose findings are reported from elsewhere', () => {
  const reported = rules.filter(({ reach, fails }) => reach === 'reported' && Object.keys(fails).length > 0);
  // What is wrong with a Millrace repository shows in one.
  const filesOf = (id: string, example: (typeof rules)[number]['passes']): Readonly<Record<string, string>> => ({
    ...(id.startsWith('millrace/') ? Object.fromEntries(millrace) : {}),
    ...(typeof example === 'string' ? { 'example.yaml': example } : example),
  });

  // What shows in a part of a Millrace repository need not be looked for in all of it.
  const pathsOf = (id: string): readonly string[] => (id.startsWith('millrace/') ? ['apps', 'environments/prod/kafka', 'environments/prod/pipelines'] : ['.']);

  it.each(reported.map((rule) => [rule.id, rule] as const))('%s: says nothing of the example that passes', async (id, { passes }) => {
    const { findings } = await checkFiles(filesOf(id, passes), { paths: pathsOf(id) });
    expect(findings.filter(({ rule }) => rule === id)).toEqual([]);
  });

  it.each(reported.map((rule) => [rule.id, rule] as const))('%s: finds the example that fails', async (id, { fails }) => {
    const { findings } = await checkFiles(filesOf(id, fails), { paths: pathsOf(id) });
    expect(findings.map(({ rule }) => rule)).toContain(id);
  });
});

describe('where a finding points', () => {
  const base = { 'base/kustomization.yaml': 'resources: [topic.yaml]\n', 'base/topic.yaml': TOPIC.replace('replicas: 3', 'replicas: three') };

  it('is the base, once, where overlays have it from there', async () => {
    const report = await checkFiles({
      ...base,
      'dev/kustomization.yaml': 'namespace: dev\nresources: [../base]\n',
      'prod/kustomization.yaml': 'namespace: prod\nresources: [../base]\n',
    });
    expect(said(report)).toEqual(['schema/invalid-value base/topic.yaml:6:24']);
    expect([...report.overlaysOf.values()]).toEqual([['dev', 'prod']]);
    expect(report.summary.resources).toBe(2);
  });

  it('is the patch, where the patch says it', async () => {
    const report = await checkFiles({
      'base/kustomization.yaml': 'resources: [topic.yaml]\n',
      'base/topic.yaml': TOPIC,
      'prod/kustomization.yaml': 'resources: [../base]\npatches: [{path: topic.yaml}, {path: more.yaml, target: {kind: KafkaTopic, name: orders}}]\n',
      'prod/topic.yaml': 'apiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata: {name: orders}\nspec:\n  partitions: many\n',
      'prod/more.yaml': '- {op: add, path: /spec/replicas, value: 3}\n- {op: add, path: /spec/owner, value: orders}\n',
    });
    expect(said(report)).toEqual(['schema/unknown-field prod/more.yaml:2:3', 'schema/invalid-value prod/topic.yaml:5:3']);
  });

  it('is the resource of that name, and not one whose name begins alike', async () => {
    const topics = ['orders', 'orders-dlq'].map((name) => TOPIC.replace('name: orders', `name: ${name}`).trimStart()).join('---\n');
    const report = await checkFiles({
      'base/kustomization.yaml': 'resources: [topics.yaml]\n',
      'base/topics.yaml': topics.replace(/replicas: 3(?![^]*replicas: 3)/, 'replicas: three'),
      'prod/kustomization.yaml': 'namePrefix: prod-\nresources: [../base]\n',
    });
    expect(said(report)).toEqual(['schema/invalid-value base/topics.yaml:13:24']);
  });

  it('is the line of a patch that is written into the kustomization', async () => {
    const report = await checkFiles({
      'topic.yaml': TOPIC,
      'kustomization.yaml': `
resources: [topic.yaml]
patches:
  - patch: |-
      apiVersion: kafka.strimzi.io/v1
      kind: KafkaTopic
      metadata: {name: orders}
      spec:
        partitions: many
  - target: {kind: KafkaTopic}
    patch: |
      - {op: add, path: /spec/config, value: {retention.ms: [1]}}
      - {op: add, path: /spec/owner, value: orders}
`,
    });
    expect(said(report).filter((line) => line.startsWith('schema'))).toEqual([
      'schema/invalid-value kustomization.yaml:8:9',
      'schema/unknown-field kustomization.yaml:12:9',
    ]);
  });

  it('is the item of a List, and the entry of a generator', async () => {
    const report = await checkFiles({
      'kustomization.yaml': 'resources: [list.yaml]\nsecretGenerator:\n  - name: other\n    literals: [a=b]\n  - name: db\n    literals: [password=hunter22]\n',
      'list.yaml': `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: a}\n    dat: {}\n`,
    });
    expect(said(report)).toEqual(['security/secret kustomization.yaml:3:5', 'security/secret kustomization.yaml:5:5', 'schema/unknown-field list.yaml:7:5']);
  });

  it('is the entry whose name it is, not one whose name goes on with a word as long as a hash', async () => {
    const report = await checkFiles({
      'kustomization.yaml': `
generatorOptions: {disableNameSuffixHash: true}
secretGenerator:
  - {name: db, literals: [user=orders]}
  - {name: db-connection, literals: [password=hunter22]}
`,
    });
    expect(said(report)).toEqual(['security/secret kustomization.yaml:4:5']);
  });

  it('is the declared file, where the generated one was made from it', async () => {
    const files = new Map(millrace);
    const declared = 'apps/order-processor/pipeline.yaml';
    for (const [path, text] of millrace) {
      if (path !== declared && !path.startsWith('apps/order-processor/next/')) continue;
      files.set(path, text.replace('snappy', 'zippy'));
    }
    const { findings } = await checkFiles(files, { paths: ['environments/dev/pipelines'] });
    const lines = (files.get(declared) ?? '').split('\n');
    const line = lines.findIndex((text) => text.includes('zippy')) + 1;
    expect(findings.map(({ rule, file, line: at, resource }) => [rule, file, at, resource?.name])).toEqual([[expect.any(String), declared, line, 'orders']]);
  });
});

describe('millrace.yaml', () => {
  const topic = { 'topic.yaml': TOPIC.replace('  labels: {strimzi.io/cluster: kafka-cluster}\n', '') };

  it('changes what a rule weighs', async () => {
    const weighed = async (severity: string): Promise<unknown> =>
      (await checkFiles({ ...topic, 'millrace.yaml': `rules: {strimzi/cluster-label: {severity: ${severity}}}\n` })).summary;
    expect(await weighed('warning')).toMatchObject({ errors: 0, warnings: 1 });
    expect(await weighed('off')).toMatchObject({ errors: 0, warnings: 0 });
  });

  it('takes a resource out of a rule, with the reason in the report', async () => {
    const report = await checkFiles({
      ...topic,
      'millrace.yaml': 'rules: {strimzi/cluster-label: {exceptions: [{kind: KafkaTopic, name: orders, reason: not ours}]}}\n',
    });
    expect(said(report)).toEqual([]);
    expect(report.excepted.map(({ finding, reason }) => [finding.rule, reason])).toEqual([['strimzi/cluster-label', 'not ours']]);
  });

  it('is read in any repository, and what is wrong with it is found', async () => {
    const report = await checkFiles({ ...topic, 'millrace.yaml': 'rules: {strimzi/cluster-label: {severity: warn}}\n' });
    expect(said(report)).toEqual(['millrace/declared-file millrace.yaml:1:43', 'strimzi/cluster-label topic.yaml:3:1']);
  });

  it('cannot hide that something was not looked at', async () => {
    const off = 'rules: {yaml/unreadable: {severity: "off"}, kustomize/overlay-builds: {severity: "off"}}\n';
    const files = { 'millrace.yaml': off, 'broken.yaml': 'apiVersion: v1\nkind: [', 'a/kustomization.yaml': 'resources: [nothing.yaml]\n' };
    expect((await checkFiles(files)).unread).toEqual(['broken.yaml', 'a']);
  });

  it('says nothing of an exception whose rule this run does not ask', async () => {
    const files = { ...topic, 'millrace.yaml': 'rules: {references/cluster-exists: {exceptions: [{kind: KafkaTopic, name: orders, reason: elsewhere}]}}\n' };
    expect(said(await checkFiles(files, { reach: 'alone' })).filter((line) => line.startsWith('settings'))).toEqual([]);
    expect(said(await checkFiles(files, { reach: 'together' })).filter((line) => line.startsWith('settings'))).toHaveLength(1);
  });

  it('says nothing of an exception for what this run does not look at', async () => {
    const files = {
      ...topic,
      'other/topic.yaml': TOPIC,
      'millrace.yaml': 'rules: {strimzi/cluster-label: {exceptions: [{kind: KafkaTopic, name: orders, namespace: kafka, reason: not ours}]}}\n',
    };
    expect(said(await checkFiles(files, { paths: ['other'] }))).toEqual([]);
  });
});

describe('what is looked at', () => {
  it('is every Kubernetes resource of a folder, and what is left out is counted', async () => {
    const report = await checkFiles({
      'topics/orders.yaml': TOPIC,
      'topics/list.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }] }),
      'chart/Chart.yaml': 'apiVersion: v2\nname: orders\nversion: 1.0.0\n',
      'chart/values.yaml': 'replicas: 3\n',
      'chart/templates/topic.yaml': '{{- if .Values.topic }}\napiVersion: v1\nkind: ConfigMap\n{{- end }}\n',
      'template.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n',
      'package.json': '{"name": "x"}',
      '.github/workflows/ci.yaml': 'on: push\n',
      'overlay/kustomization.yaml': 'resources: [base.yaml]\nconfigMapGenerator: [{name: settings, files: [settings.yaml]}]\n',
      'overlay/base.yaml': TOPIC,
      'overlay/settings.yaml': 'apiVersion: v1\nkind: Broken\n  this: is not YAML\n',
      'component/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n',
    });
    expect(said(report)).toEqual([]);
    expect(report.summary).toMatchObject({ resources: 4, skipped: 6 });
    expect(new Map(report.leftOut.map(({ file, why }) => [file, why]))).toEqual(
      new Map([
        ['.github/workflows/ci.yaml', 'not Kubernetes'],
        ['chart/Chart.yaml', 'not Kubernetes'],
        ['chart/templates/topic.yaml', 'a Helm template'],
        ['chart/values.yaml', 'not Kubernetes'],
        ['component/kustomization.yaml', 'a component that nothing uses'],
        ['template.yaml', 'a Helm template'],
      ]),
    );
  });

  it('is standard input for -', async () => {
    const report = await checkFiles({}, { paths: ['-'], standardInput: Buffer.from(TOPIC.replace('replicas: 3', 'replicas: "3"')) });
    expect(said(report)).toEqual(['schema/invalid-value <stdin>:7:24']);
  });

  it('is, of a Millrace repository, whether its own files are right, unless no more than a file or an overlay is named', async () => {
    const files = new Map([...ownRepository(), ['environments/prod/kafka/kafka.yaml', TOPIC.trimStart()]]);
    const own = async (path: string): Promise<readonly string[]> =>
      said(await checkFiles(files, { paths: [path] })).filter((line) => line.startsWith('millrace/'));
    expect(await own('environments/prod')).toEqual(['millrace/edited-file environments/prod/kafka/kafka.yaml:1:1']);
    expect(await own('environments/prod/kafka')).toEqual([]);
  });

  it('is an overlay that is named by its kustomization file', async () => {
    const files = { 'a/kustomization.yaml': 'resources: [topic.yaml]\n', 'a/topic.yaml': TOPIC };
    expect((await checkFiles(files, { paths: ['a/kustomization.yaml'] })).summary).toEqual({ resources: 1, errors: 0, warnings: 0, skipped: 0 });
  });

  it('is refused where it does not exist', async () => {
    await expect(checkFiles({}, { paths: ['nowhere'] })).rejects.toThrow('there is no file or folder nowhere');
  });
});

describe('what cannot be read', () => {
  const bomb = `a: &a [x, x, x, x, x, x, x, x, x, x]\n${[...'bcdefghi'].map((name, index) => `${name}: &${name} [${`*${'abcdefghi'[index] ?? ''}, `.repeat(10)}]`).join('\n')}\n`;

  it.each([
    ['broken YAML', 'apiVersion: v1\nkind: ConfigMap\nmetadata: [name\n', 'yaml/unreadable broken.yaml:4:1'],
    ['a bomb of aliases', `apiVersion: v1\nkind: ConfigMap\n${bomb}`, 'yaml/unreadable broken.yaml:1:1'],
    ['bytes that are no text', 'apiVersion: v1\nkind: ConfigMap\0\n', 'yaml/unreadable broken.yaml:1:1'],
    ['a tag that nobody knows', 'apiVersion: v1\nkind: ConfigMap\nmetadata: !vault x\n', 'yaml/unreadable broken.yaml:3:19'],
  ])('is said of %s, and the rest is checked', async (_what, text, expected) => {
    const report = await checkFiles({ 'broken.yaml': text, 'topic.yaml': TOPIC });
    expect(said(report)).toEqual([expected]);
    expect(report.unread).not.toEqual([]);
    expect(report.summary.resources).toBe(1);
  });

  it('is a document that does not say what it is, beside resources or alone', async () => {
    const report = await checkFiles({
      'topic.yaml': `${TOPIC.trimStart()}---\nmetadata: {name: a}\n---\n5\n`,
      'kind.yaml': 'apiVersion: v1\nKind: ConfigMap\nmetadata: {name: a}\n',
    });
    expect(said(report)).toEqual(['yaml/no-kind kind.yaml:1:1', 'yaml/no-kind topic.yaml:8:1', 'yaml/no-kind topic.yaml:10:1']);
  });

  it('is a broken file of an overlay, with its line', async () => {
    const report = await checkFiles({ 'kustomization.yaml': 'resources: [topic.yaml]\n', 'topic.yaml': `${TOPIC.trimStart()}spec: {}\n` });
    expect(said(report)).toEqual(['yaml/duplicate-key topic.yaml:7:1']);
  });

  it('is an overlay that needs the network: nobody has looked into it', async () => {
    const pinned = 'https://github.com/cert-manager/cert-manager/releases/download/v1.21.0/cert-manager.yaml';
    const report = await checkFiles({ 'kustomization.yaml': `resources: ["${pinned}"]\n` });
    expect(said(report)).toEqual(['kustomize/remote-base kustomization.yaml:1:13']);
    expect(report.unread).not.toEqual([]);
  });

  it('is a file of 100 MB: it is never taken into memory', async () => {
    const report = await checkFiles({ 'large.yaml': `apiVersion: v1\nkind: ConfigMap\ndata:\n  a: ${'x'.repeat(100 * 1024 * 1024)}\n`, 'topic.yaml': TOPIC });
    expect(said(report)).toEqual(['yaml/unreadable large.yaml:1:1']);
  });

  it('is a key that is there twice, and the resource is read all the same', async () => {
    const report = await checkFiles({ 'topic.yaml': `${TOPIC}kind: KafkaTopic\n` });
    expect(said(report)).toEqual(['yaml/duplicate-key topic.yaml:7:1']);
    expect(report.summary.resources).toBe(1);
  });
});

describe('definitions', () => {
  const definition = (schema: string): string => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: quotas.acme.example}
spec:
  group: acme.example
  scope: Namespaced
  names: {plural: quotas, singular: quota, kind: Quota, listKind: QuotaList}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: ${schema}}}]
`;
  const QUOTA = 'apiVersion: acme.example/v1\nkind: Quota\nmetadata: {name: orders}\nspec: {topics: many}\n';
  const good = definition('{type: object, properties: {spec: {type: object, properties: {topics: {type: integer}}}}}');

  it('of a kind that nobody knows are missed, with a warning', async () => {
    const report = await checkFiles({ 'quota.yaml': QUOTA });
    expect(said(report)).toEqual(['schema/unknown-kind quota.yaml:2:1']);
    expect(report.summary).toMatchObject({ errors: 0, warnings: 1 });
  });

  it('are taken from schemas/ and from the run itself', async () => {
    const wrong = 'schema/invalid-value quota.yaml:4:8';
    expect(said(await checkFiles({ 'schemas/quota.yaml': good, 'quota.yaml': QUOTA, 'millrace.yaml': 'rules: {}\n' }, { paths: ['quota.yaml'] }))).toEqual([
      wrong,
    ]);
    expect(said(await checkFiles({ 'crds/quota.yaml': good, 'quota.yaml': QUOTA }))).toEqual([wrong]);
    expect(said(await checkFiles({ 'schemas/quota.yaml': good, 'quota.yaml': QUOTA }, { paths: ['quota.yaml'] }))).toEqual([wrong]);
  });

  it.each([
    ['a schema that the API server refuses', '{type: object, properties: {spec: {type: nothing}}}'],
    ['a rule that does not compile', '{type: object, properties: {spec: {type: object, x-kubernetes-validations: [{rule: "self.topics >"}]}}}'],
  ])('that are broken are found: %s', async (_what, schema) => {
    const { findings } = await checkFiles({ 'crds/quota.yaml': definition(schema), 'quota.yaml': QUOTA, 'topic.yaml': TOPIC });
    expect(findings.map(({ file }) => file)).toEqual(expect.arrayContaining(['crds/quota.yaml', 'quota.yaml']));
    expect(findings.filter(({ file }) => file === 'topic.yaml')).toEqual([]);
  });
});

describe('what is kept between runs', () => {
  const files = {
    'base/kustomization.yaml': 'resources: [topic.yaml]\n',
    'base/topic.yaml': TOPIC.replace('10', 'ten'),
    'prod/kustomization.yaml': 'resources: [../base]\n',
  };

  it('gives the same findings, and other ones once a file or a definition has changed', async () => {
    await inFolder(files, async (folder) => {
      const run = (paths = ['prod']): Promise<readonly string[]> => check({ folder, paths, cache: `${folder}/cache` }).then(said);
      const first = await run();
      expect(first).toEqual(['schema/invalid-value base/topic.yaml:6:8']);
      expect(await run()).toEqual(first);
      writeFileSync(`${folder}/base/topic.yaml`, TOPIC.trimStart());
      expect(await run()).toEqual([]);
    });
  });

  it('is there for as long as its version is used, and goes a month after', async () => {
    await inFolder(files, async (folder) => {
      const cache = `${folder}/cache`;
      const run = (): Promise<unknown> => check({ folder, paths: ['prod'], cache });
      await run();
      const [own = ''] = readdirSync(cache);
      const kept = readdirSync(`${cache}/${own}`).map((name) => statSync(`${cache}/${own}/${name}`).ino);
      const [other, outdated] = ['1'.repeat(40), '2'.repeat(40)];
      const lastUsed = { [own]: 40, [other]: 20, [outdated]: 40, 'of-somebody-else': 40 };
      for (const [name, days] of Object.entries(lastUsed)) {
        mkdirSync(`${cache}/${name}`, { recursive: true });
        const when = new Date(Date.now() - days * 24 * 60 * 60 * 1000);
        utimesSync(`${cache}/${name}`, when, when);
      }
      // This version has nothing to write, and is in use all the same.
      await run();
      expect(readdirSync(cache).sort()).toEqual([own, other, 'of-somebody-else'].sort());
      expect(readdirSync(`${cache}/${own}`).map((name) => statSync(`${cache}/${own}/${name}`).ino)).toEqual(kept);
      expect(kept).not.toEqual([]);
    });
  });
});

describe('secrets', () => {
  it('are in no message and no fix, whichever rule quotes the value', async () => {
    const password = 'Zq8vR2xLpT';
    const url = `https://bot:${password}@git.acme.example/jobs.git`;
    const report = await checkFiles({
      'job.yaml': `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: orders}
spec:
  image: flink:2.2.1
  flinkVersion: v2_2
  serviceAccount: flink
  flinkConfiguration: {state.checkpoints.dir: "${url}"}
  jobManager: {resource: {memory: 1g}}
  taskManager: {resource: {memory: 1g}}
  job: {jarURI: "${url.replace('https', 'http')}", parallelism: 1, upgradeMode: stateless}
---
apiVersion: v1
kind: Secret
metadata: {name: db}
data: {password: "${password}!"}
`,
    });
    expect(report.findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['flink/former-key', 'flink/jar-uri']));
    expect(JSON.stringify(report.findings)).not.toContain(password);
  });
});

describe('formats', () => {
  const example = checkFiles({ 'topic.yaml': TOPIC.replace('replicas: 3', 'replicationFactor: 3') });

  it('json has the shape that is promised', async () => {
    const json: unknown = JSON.parse(formatJson(await example));
    expect(json).toMatchObject({
      findings: [
        {
          rule: 'schema/unknown-field',
          severity: 'error',
          message: 'there is no field spec.replicationFactor',
          fix: expect.any(String),
          file: 'topic.yaml',
          line: 6,
          column: 24,
          resource: { apiVersion: 'kafka.strimzi.io/v1', kind: 'KafkaTopic', name: 'orders' },
          path: 'spec.replicationFactor',
          docs: 'docs/rules.md#schema-unknown-field',
        } satisfies Record<keyof Finding, unknown>,
      ],
      summary: { resources: 1, errors: 1, warnings: 0, skipped: 0 },
    });
  });

  it('github escapes what would end a command', async () => {
    const report = await example;
    const [finding] = report.findings;
    if (finding === undefined) throw new Error('the example has no finding');
    const text = formatGithub({ ...report, findings: [{ ...finding, file: 'a,b:c.yaml', message: '100%\n::error::no' }] });
    expect(text.split('\n')[0]).toBe(`::error file=a%2Cb%3Ac.yaml,line=6,col=24,title=schema/unknown-field::100%25%0A::error::no%0A${finding.fix}`);
  });

  it('sarif names each rule once, and each place', async () => {
    const log: unknown = JSON.parse(formatSarif(await example, '1.0.0'));
    expect(log).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'millrace', rules: [{ id: 'schema/unknown-field' }] } },
          results: [
            {
              ruleId: 'schema/unknown-field',
              ruleIndex: 0,
              level: 'error',
              locations: [{ physicalLocation: { artifactLocation: { uri: 'topic.yaml' }, region: { startLine: 6, startColumn: 24 } } }],
            },
          ],
        },
      ],
    });
  });
});

describe('the page of all rules', () => {
  it('is what the rules say', async () => {
    const { rulesPage } = await import('./rules-page.js');
    expect(readFileSync(`${source}docs/rules.md`, 'utf8'), 'Run: npm run docs').toBe(rulesPage());
  });
});

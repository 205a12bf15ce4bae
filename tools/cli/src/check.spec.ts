import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { rules } from '@millrace/check';
import { describe, expect, it, vi } from 'vitest';

import { main } from './main.js';

const TOPIC = `apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 10}
`;
const WRONG = TOPIC.replace('partitions', 'partition');
const PLAIN_LISTENER = `apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster}
spec: {kafka: {version: 4.3.1, metadataVersion: "4.3-IV0", listeners: [{name: plain, port: 9092, type: internal, tls: false}]}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: all, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {replicas: 3, roles: [broker, controller], storage: {type: ephemeral}}
`;
const DEFINITION = (topics: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: quotas.acme.example, uid: 1234, annotations: {a: b}}
spec:
  group: acme.example
  scope: Namespaced
  names: {plural: quotas, singular: quota, kind: Quota, listKind: QuotaList}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {topics: {type: ${topics}}}}}}}}]
status: {conditions: []}
`;

function folderWith(files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  mkdirSync(join(root, '.git'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process, in a folder. */
async function millrace(root: string, ...argv: readonly string[]): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  const listen = (stream: 'stdout' | 'stderr') =>
    vi.spyOn(process[stream], 'write').mockImplementation((chunk) => {
      said[stream] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      return true;
    });
  const spies = [listen('stdout'), listen('stderr')];
  try {
    const status = await main(['-C', root, ...argv]);
    return { status, ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** Runs it as a process of its own, as a shell does. */
function millraceProcess(root: string, argv: readonly string[], input: string): Ended {
  const program = fileURLToPath(new URL('../bin/millrace.js', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv], {
    cwd: root,
    input,
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: undefined, CI: 'true' },
  });
  return { status, stdout, stderr };
}

describe('check', () => {
  it('ends with 0 where nothing is wrong, and says what it has seen', async () => {
    using folder = folderWith({ 'topic.yaml': TOPIC, 'values.yaml': 'replicas: 3\n' });
    const { status, stdout, stderr } = await millrace(folder.root, 'check');
    expect(stdout).toBe('Left out: 1 file (not Kubernetes).\n1 resource checked: 0 errors, 0 warnings.\n');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('ends with 0 where there are warnings only', async () => {
    using folder = folderWith({ 'kafka.yaml': PLAIN_LISTENER });
    const { status, stdout } = await millrace(folder.root, 'check', 'kafka.yaml');
    expect(stdout).toContain('warning  kafka.yaml:4:');
    expect(stdout).toContain('2 resources checked: 0 errors, 1 warning.');
    expect(status).toBe(0);
  });

  it('ends with 1 where something is wrong, and says where, what and what to do', async () => {
    using folder = folderWith({ 'topics/topic.yaml': WRONG });
    const { status, stdout } = await millrace(folder.root, 'check', 'topics');
    expect(stdout).toBe(
      [
        'error  topics/topic.yaml:4:8  schema/unknown-field',
        '  KafkaTopic orders  spec.partition',
        '  there is no field spec.partition',
        '  → Did you mean partitions? Correct the name of the field, or remove it.',
        '',
        '1 resource checked: 1 error, 0 warnings.',
        'millrace check --explain RULE says more of a rule.',
        '',
      ].join('\n'),
    );
    expect(status).toBe(1);
  });

  it('ends with 2 where something cannot be read, and checks the rest', async () => {
    using folder = folderWith({ 'broken.yaml': 'apiVersion: v1\nkind: [', 'topic.yaml': WRONG });
    const { status, stdout } = await millrace(folder.root, 'check', '.');
    expect(stdout).toContain('yaml/unreadable');
    expect(stdout).toContain('schema/unknown-field');
    expect(status).toBe(2);
  });

  it('ends with 2 where paths lie in two repositories, whichever comes first', async () => {
    using one = folderWith({ 'topic.yaml': TOPIC });
    using other = folderWith({ 'topic.yaml': TOPIC });
    const { status, stderr } = await millrace(one.root, 'check', 'topic.yaml', join(other.root, 'topic.yaml'));
    expect(stderr).toContain('are not in one repository');
    expect(status).toBe(2);
  });

  it('leaves out what git ignores, and says so; what is named is looked at all the same', async () => {
    using folder = folderWith({ '.gitignore': 'dist\n', 'dist/rendered.yaml': WRONG, 'topic.yaml': TOPIC });
    rmSync(join(folder.root, '.git'), { recursive: true });
    execFileSync('git', ['init', '--quiet', folder.root]);
    expect((await millrace(folder.root, 'check')).stdout).toBe('Left out: 1 file (ignored by git).\n1 resource checked: 0 errors, 0 warnings.\n');
    expect((await millrace(folder.root, 'check', 'dist')).status).toBe(1);
  });

  it('ends with 2 where a path does not exist', async () => {
    using folder = folderWith({});
    const { status, stderr } = await millrace(folder.root, 'check', 'nowhere');
    expect(stderr).toContain('there is no file or folder nowhere');
    expect(status).toBe(2);
  });

  it('names files from where it was started', async () => {
    using folder = folderWith({
      'a/base/kustomization.yaml': 'resources: [topic.yaml]\n',
      'a/base/topic.yaml': WRONG,
      'a/prod/kustomization.yaml': 'resources: [../base]\n',
    });
    expect((await millrace(join(folder.root, 'a/prod'), 'check', '.')).stdout).toContain('error  ../base/topic.yaml:4:8');
    expect((await millrace(join(folder.root, 'a'), 'check', 'prod')).stdout).toContain('error  base/topic.yaml:4:8');
  });

  it('checks against the set that is named; without one, against the newest', async () => {
    using folder = folderWith({ 'kafka.yaml': PLAIN_LISTENER });
    expect((await millrace(folder.root, 'check', 'kafka.yaml')).status).toBe(0);
    const { status, stdout } = await millrace(folder.root, 'check', 'kafka.yaml', '--platform', '2026.08');
    expect(stdout).toContain('Strimzi 1.1.0 of platform 2026.08 does not support Kafka 4.3.1');
    expect(status).toBe(1);
    const unknown = await millrace(folder.root, 'check', 'kafka.yaml', '--platform', '2025.01');
    expect(unknown.stderr).toContain('2026.08, 2026.11');
    expect(unknown.status).toBe(2);
  });

  it('reads standard input', () => {
    using folder = folderWith({});
    const { status, stdout } = millraceProcess(folder.root, ['check', '-', '--format', 'json'], WRONG);
    expect(JSON.parse(stdout)).toMatchObject({ findings: [{ rule: 'schema/unknown-field', file: '<stdin>', line: 4 }], summary: { resources: 1, errors: 1 } });
    expect(status).toBe(1);
  });

  it.each(['json', 'sarif', 'github'])('writes nothing but the report to standard output: %s', async (format) => {
    using folder = folderWith({ 'topic.yaml': WRONG });
    const { status, stdout, stderr } = await millrace(folder.root, 'check', '--format', format);
    if (format === 'github') expect(stdout.split('\n')[0]).toMatch(/^::error file=topic\.yaml,line=4,col=8,title=schema\/unknown-field::/);
    else expect(JSON.parse(stdout)).toBeTypeOf('object');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  });

  it('keeps what it built beside the packages of the folder, and does without where it may not', async () => {
    using folder = folderWith({ 'prod/kustomization.yaml': 'resources: [topic.yaml]\n', 'prod/topic.yaml': WRONG, 'node_modules/.keep': '' });
    const first = await millrace(folder.root, 'check', 'prod');
    expect(readdirSync(join(folder.root, 'node_modules/.cache/millrace')).length).toBeGreaterThan(0);
    expect(await millrace(folder.root, 'check', 'prod')).toEqual(first);
    rmSync(join(folder.root, 'node_modules/.cache'), { recursive: true });
    expect(await millrace(folder.root, 'check', 'prod', '--no-cache')).toEqual(first);
    expect(existsSync(join(folder.root, 'node_modules/.cache'))).toBe(false);
  });
});

describe('check --explain', () => {
  it('says all of a rule', async () => {
    const { status, stdout } = await millrace('/', 'check', '--explain', 'strimzi/cluster-label');
    for (const part of ['strimzi/cluster-label (error)', 'If ignored:', 'What to do:', 'Known from:', 'Passes:', 'Fails:']) expect(stdout).toContain(part);
    expect(status).toBe(0);
  });

  it('offers what is near where there is no such rule', async () => {
    const { status, stderr } = await millrace('/', 'check', '--explain', 'strimzi/label');
    expect(stderr).toContain('there is no rule strimzi/label');
    expect(stderr).toContain('strimzi/cluster-label');
    expect(status).toBe(2);
    expect(rules.length).toBeGreaterThan(100);
  });
});

describe('schemas add', () => {
  const QUOTA = 'apiVersion: acme.example/v1\nkind: Quota\nmetadata: {name: orders}\nspec: {topics: many}\n';

  it('makes a kind known, says what it wrote, and writes nothing the second time', async () => {
    using folder = folderWith({ 'crds.yaml': `${DEFINITION('integer')}---\n${TOPIC}`, 'quota.yaml': QUOTA, 'millrace.yaml': 'rules: {}\n' });
    expect((await millrace(folder.root, 'check', 'quota.yaml')).stdout).toContain('schema/unknown-kind');
    expect((await millrace(folder.root, 'schemas', 'add', 'crds.yaml', '--dry-run')).stdout).toContain('A schemas/quotas.acme.example.yaml');
    expect(existsSync(join(folder.root, 'schemas'))).toBe(false);
    expect((await millrace(folder.root, 'schemas', 'add', 'crds.yaml')).stdout).toContain('A schemas/quotas.acme.example.yaml');
    const written = readFileSync(join(folder.root, 'schemas/quotas.acme.example.yaml'), 'utf8');
    for (const left of ['uid', 'status:', 'annotations']) expect(written).not.toContain(left);
    expect((await millrace(folder.root, 'check', 'quota.yaml')).stdout).toContain('schema/invalid-value');
    expect((await millrace(folder.root, 'schemas', 'add', 'crds.yaml')).stdout).toBe('Nothing to change.\n');
  });

  it('takes them from the cluster of a kube context', async () => {
    using folder = folderWith({
      'bin/kubectl': `#!/bin/sh\ncd "$(dirname "$0")/.."\necho "$@" >asked\ncat crds.json\n`,
      'crds.json': JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [
          {
            apiVersion: 'apiextensions.k8s.io/v1',
            kind: 'CustomResourceDefinition',
            metadata: { name: 'quotas.acme.example' },
            spec: { group: 'acme.example', names: { kind: 'Quota' }, versions: [] },
          },
        ],
      }),
    });
    chmodSync(join(folder.root, 'bin/kubectl'), 0o755);
    vi.stubEnv('PATH', `${join(folder.root, 'bin')}:${process.env['PATH'] ?? ''}`);
    const { status, stdout } = await millrace(folder.root, 'schemas', 'add', '--context', 'staging', '--group', 'acme.example');
    vi.unstubAllEnvs();
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'A schemas/quotas.acme.example.yaml\n1 created, 0 updated, 0 deleted\n' });
    expect(readFileSync(join(folder.root, 'asked'), 'utf8')).toContain('--context=staging');
  });

  it.each([
    ['a file without a definition', { 'topic.yaml': TOPIC }, ['topic.yaml'], 1, 'there is no CustomResourceDefinition in this'],
    ['a file that is not there', {}, ['crds.yaml'], 2, 'this cannot be read'],
    [
      'a definition whose name is a path',
      { 'crds.yaml': DEFINITION('integer').replace('quotas.acme.example,', '../../evil,') },
      ['crds.yaml'],
      1,
      'no CustomResourceDefinition',
    ],
  ])('refuses %s', async (_what, files, argv, code, message) => {
    using folder = folderWith(files);
    const { status, stderr } = await millrace(folder.root, 'schemas', 'add', ...argv);
    expect(stderr).toContain(message);
    expect(status).toBe(code);
    expect(execFileSync('find', [folder.root, '-name', '*evil*'], { encoding: 'utf8' })).toBe('');
  });
});

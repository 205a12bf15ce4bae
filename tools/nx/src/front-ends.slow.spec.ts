import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { formatProblem, MillraceError } from '@millrace/model';
import { commands } from '@millrace/promotion';
import { flagOf, isEmpty, memoryFiles, optionsOf, planCommand, textsOf, type Changes, type Command } from '@millrace/workspace';
import { after, EXAMPLE, repository, synced, type Repository, type Step } from '@millrace/workspace/testing';
import { logger, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { flushChanges, FsTree } from 'nx/src/generators/tree';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import * as generators from './generators.js';

const DIGEST = 'ab'.repeat(32);

/** The one table: each step as somebody types it, at either front end. Some are wrong, and both have to say the same. */
const scenarios: readonly Step[] = [
  ['topic', { name: 'orders', pipeline: 'order-processor' }],
  ...EXAMPLE,
  ['promote', { pipeline: 'order-processor', to: 'staging' }],
  ['promote', { pipeline: 'order-processor', to: 'prod' }],
  ['resize', { pipeline: 'order-processor', environment: 'prod', parallelism: 20, slots: 2, taskManagerMemory: '4096m', taskManagerCpu: 0.5 }],
  ['resize', { pipeline: 'order-processor', environment: 'prod', parallelism: 2000 }],
  ['operator', { name: 'cert-manager', environment: 'prod', managed: false }],
  ['operator', { name: 'flink', environment: 'prod', replicas: 2, memory: '1Gi', cpu: '0.5', webhook: true, artifactSchemes: ['https', 's3'] }],
  ['operator', { name: 'strimzi', environment: 'prod', webhook: false }],
  ['resize', { pipeline: 'order-processor', environment: 'prod', job: 'order-processor', autoscaleMin: 4, autoscaleMax: 40 }],
  ['resize', { pipeline: 'order-processor', environment: 'staging', autoscaleMin: 4 }],
  [
    'session',
    {
      name: 'orders-large',
      environment: 'dev',
      team: 'orders',
      flinkVersion: 'v2_2',
      slots: 8,
      taskManagerMemory: '8192m',
      taskManagerCpu: 2,
      jobManagerMemory: '1g',
      jobManagerCpu: 0.5,
      scheduler: 'adaptive',
    },
  ],
  ['session', { name: 'orders-large', environment: 'prod', team: 'orders' }],
  ['resize', { pipeline: 'order-processor', environment: 'dev', session: 'orders-session' }],
  ['resize', { pipeline: 'order-processor', environment: 'dev', session: 'orders-large' }],
  ['team', { name: 'billing', namespace: 'billing', namespaceIn: ['staging=billing-staging', 'prod=billing'] }],
  ['team', { name: 'risk', namespace: 'risk', namespaceIn: ['nowhere=risk'] }],
  [
    'environment',
    {
      name: 'qa',
      promotesFrom: 'dev',
      mode: 'session',
      storage: 's3://my-bucket/qa',
      server: 'https://qa.acme.example:6443',
      cluster: 'qa-1',
      operators: 'provided',
      namespace: ['orders=flink-qa', 'billing=billing-qa'],
      flinkVersion: 'v1_20',
    },
  ],
  ['environment', { name: 'second', mode: 'session', storage: 's3://my-bucket/second' }],
  [
    'kafka-cluster',
    {
      name: 'events',
      as: 'analytics',
      environment: 'prod',
      brokers: 3,
      controllers: 3,
      storageClass: 'fast-ssd',
      storageSize: '1Ti',
      memory: '16Gi',
      cpu: '4',
      heap: '6Gi',
      rack: 'topology.kubernetes.io/zone',
      cruiseControl: true,
      maintenanceWindow: '* * 2-3 ? * SUN,WED *',
      kafkaVersion: '4.3.0',
      metadataVersion: '4.3-IV0',
      topicConfig: ['cleanup.policy=compact,delete'],
    },
  ],
  ['kafka-cluster', { name: 'kafka-cluster', environment: 'prod', storageClass: 'fast-ssd', storageSize: '100Gi', memory: '8Gi' }],
  [
    'pipeline',
    {
      name: 'invoices',
      team: 'billing',
      topics: ['invoices', 'payments'],
      job: 'matcher',
      reads: ['invoices', 'orders'],
      writes: ['payments'],
      deliveryGuarantee: 'at-least-once',
      maxParallelism: 240,
      flinkConfiguration: ['execution.checkpointing.interval=10s', 'a.b=c=d,e'],
    },
  ],
  [
    'topic',
    { name: 'returns', pipeline: 'order-processor', partitions: 4, topicName: 'Shop.returns_v1', config: ['retention.ms=9223372036854775807', 'x=1,2'] },
  ],
  ['topic', { name: 'invoices', pipeline: 'order-processor' }],
  ['user', { name: 'shop', pipeline: 'order-processor', reads: ['order-totals'], writes: ['orders', 'returns'], consumerGroup: 'shop' }],
  ['flink-job', { name: 'auditor', pipeline: 'order-processor', user: 'flink-app', reads: ['returns'], consumerGroup: 'auditor' }],
  [
    'artifact',
    { pipeline: 'order-processor', jobs: ['auditor'], image: `ghcr.io/acme/x@sha256:${DIGEST}`, jarUri: 'https://a.example/b.jar', jarSha256: DIGEST },
  ],
  ['artifact', { pipeline: 'order-processor', image: 'ghcr.io/acme/x:latest' }],
  ['platform', { name: '2026.08', environment: 'qa' }],
  ['remove', { kind: 'topic', name: 'orders', pipeline: 'order-processor' }],
  ['remove', { kind: 'user', name: 'shop', pipeline: 'order-processor' }],
  ['remove', { kind: 'job', name: 'auditor', pipeline: 'order-processor' }],
  ['remove', { kind: 'topic', name: 'returns', pipeline: 'order-processor' }],
  ['remove', { kind: 'topic', name: 'returns', pipeline: 'order-processor', finish: true }],
  ['remove', { kind: 'placement', name: 'invoices', environment: 'dev' }],
  ['remove', { kind: 'placement', name: 'invoices', environment: 'dev', deleteData: true }],
  ['remove', { kind: 'pipeline', name: 'invoices' }],
  ['remove', { kind: 'nothing', name: 'invoices' }],
  ['promote', { pipeline: 'order-processor', to: 'prod', release: '2.0.0' }],
  ['promote', { pipeline: 'order-processor', to: 'staging', release: '2.0.0' }],
  // With the one layout that ships there is nothing to move to, and nothing to make again.
  ['migrate', {}],
  ['migrate', { environment: 'nope' }],
  ['releases refresh', { pipeline: 'order-processor', release: '2.0.0', as: '2.0.1' }],
];

const commandOf = (step: Step): Command => {
  const [name] = step;
  const command = commands.find((candidate) => candidate === name || candidate.name === name);
  if (command === undefined) throw new Error('there is no such command');
  return command;
};

/** What somebody types at the command line for a step. */
function argvOf(step: Step): readonly string[] {
  const command = commandOf(step);
  const [, options] = step;
  return [
    ...command.name.split(' '),
    ...optionsOf(command).flatMap(({ name, positional }) => {
      const value = options[name];
      const values: readonly unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
      return values.flatMap((one) => (positional === undefined ? [flagOf(name), String(one)] : [String(one)]));
    }),
  ];
}

/** A generator by the name of its command. */
function generatorOf(step: Step): (tree: Tree, options: Readonly<Record<string, unknown>>) => void {
  const name = commandOf(step).name.replace(/[- ](\w)/g, (_match, letter: string) => letter.toUpperCase());
  const generator = Object.entries(generators).find(([exported]) => exported === name)?.[1];
  if (generator === undefined) throw new Error(`there is no generator ${name}`);
  return generator;
}

/** Every file below a folder, but git's own and what is never committed. */
function contentOf(root: string): Repository {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => relative(root, join(entry.parentPath, entry.name))).filter((path) => !/^\.(?:git|millrace)\//.test(path));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

interface Ran {
  readonly code: number;
  readonly err: string;
  /** The commit that a promotion was made on. */
  readonly base: string;
}

/** The whole table through the command line, in one process. Promotions are merged, as their pull requests would be. */
function runCli(root: string): readonly Ran[] {
  const script = `
    import { execFileSync } from 'node:child_process';
    import { readFileSync } from 'node:fs';
    import { main } from ${JSON.stringify(new URL('../../cli/dist/main.js', import.meta.url).href)};
    const git = (...args) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    git('init', '--quiet', '-b', 'main');
    const said = { stdout: '', stderr: '' };
    const write = process.stdout.write.bind(process.stdout);
    for (const stream of ['stdout', 'stderr']) process[stream].write = (chunk) => ((said[stream] += chunk), true);
    const ran = [];
    for (const argv of JSON.parse(readFileSync(0, 'utf8'))) {
      said.stdout = said.stderr = '';
      let base = '';
      if (argv[0] === 'promote') {
        git('add', '--all');
        git('commit', '--quiet', '--allow-empty', '-m', 'work');
        base = git('rev-parse', 'HEAD');
      }
      const code = await main(argv);
      const branch = /git push origin (\\S+)/.exec(said.stdout)?.[1];
      if (branch !== undefined) git('merge', '--quiet', '--ff-only', branch);
      ran.push({ code, err: said.stderr, base });
    }
    write(JSON.stringify(ran));`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    encoding: 'utf8',
    input: JSON.stringify(scenarios.map(argvOf)),
    env: {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@acme.example',
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@acme.example',
    },
  });
  if (status !== 0) throw new Error(stderr);
  const ran: unknown = JSON.parse(stdout);
  if (!Array.isArray(ran)) throw new Error(stdout);
  return ran.map((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('code' in one) || !('err' in one) || !('base' in one)) throw new Error(stdout);
    return { code: Number(one.code), err: String(one.err), base: String(one.base) };
  });
}

/** The refusal that a generator ends with; undefined where it does its work. */
function refusalOf(run: () => void): MillraceError | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof MillraceError) return error;
    throw error;
  }
  return undefined;
}

// What generators only mention is not what these tests are about.
beforeAll(() => {
  vi.spyOn(logger, 'warn').mockImplementation(() => undefined);
});

describe('the command line and the generators', () => {
  const cli = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  const nx = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  let ran: readonly Ran[] = [];
  const refusals: (MillraceError | undefined)[] = [];
  const unsettled: string[] = [];

  beforeAll(() => {
    ran = runCli(cli);
    for (const [index, step] of scenarios.entries()) {
      const base = ran[index]?.base;
      const options = { ...step[1], ...(base === undefined || base === '' ? {} : { commit: base }) };
      const tree = new FsTree(nx, false);
      const refusal = refusalOf(() => generatorOf(step)(tree, options));
      refusals.push(refusal);
      if (refusal !== undefined) {
        if (tree.listChanges().length > 0) unsettled.push(`step ${index} was refused and left changes in the tree`);
        continue;
      }
      flushChanges(nx, tree.listChanges());
      const again = new FsTree(nx, false);
      generatorOf(step)(again, options);
      if (again.listChanges().length > 0) unsettled.push(`step ${index} changes something the second time`);
    }
  });
  afterAll(() => {
    for (const root of [cli, nx]) rmSync(root, { recursive: true, force: true });
  });

  it('leave the same folder, file by file', () => {
    const [typed, generated] = [contentOf(cli), contentOf(nx)];
    expect([...generated.keys()]).toEqual([...typed.keys()]);
    expect(generated).toEqual(typed);
    expect(typed.size).toBeGreaterThan(150);
    expect([...typed.keys()]).toEqual(
      expect.arrayContaining(['apps/order-processor/releases/1.0.0/release.yaml', 'apps/order-processor/releases/2.0.0/release.yaml']),
    );
  });

  it('both settle: the second time nothing changes, and a refusal changes nothing', () => {
    expect(unsettled).toEqual([]);
  });

  it('refuse the same steps, in the same words', () => {
    const outcomes = scenarios.map((step, index) => ({ step: argvOf(step).join(' '), cli: ran[index]?.code, nx: refusals[index]?.exitCode ?? 0 }));
    expect(outcomes.map(({ step, nx }) => ({ step, code: nx }))).toEqual(outcomes.map(({ step, cli }) => ({ step, code: cli })));
    expect(outcomes.filter(({ nx }) => nx !== 0).map(({ step }) => step.split(' ')[0])).toEqual([
      'topic',
      'resize',
      'operator',
      'resize',
      'session',
      'resize',
      'team',
      'environment',
      'kafka-cluster',
      'topic',
      'artifact',
      'remove',
      'remove',
      'remove',
      'promote',
      'migrate',
      'releases',
    ]);
    for (const [index, refusal] of refusals.entries()) {
      for (const { message, remedy } of refusal?.problems ?? []) {
        expect(ran[index]?.err).toContain(`${message}\n      ${remedy}\n`);
      }
      if (refusal !== undefined) expect(refusal.message).toBe(refusal.problems.map(formatProblem).join('\n'));
    }
  });

  it('are in sync at the end', () => {
    const tree = new FsTree(nx, false);
    expect(generators.sync(tree)).toEqual({});
    expect(tree.listChanges()).toEqual([]);
  });
});

describe('the sync generator', () => {
  const example = repository(EXAMPLE);
  const KAFKA = 'environments/dev/kafka/kafka.yaml';

  function treeWith(files: Repository): { readonly tree: Tree } & Disposable {
    const root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
    const tree = new FsTree(root, false);
    for (const [path, text] of files) tree.write(path, text);
    return { tree, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
  }

  it('says which files are stale, and makes them again', () => {
    using there = treeWith(new Map([...example].filter(([path]) => path !== KAFKA)));
    expect(generators.sync(there.tree).outOfSyncMessage).toBe(`These generated files are not what is declared:\nA ${KAFKA}`);
    expect(there.tree.read(KAFKA, 'utf8')).toBe(example.get(KAFKA));
    expect(generators.sync(there.tree)).toEqual({});
  });

  it('refuses an edited file by its name', () => {
    using there = treeWith(new Map([...example, [KAFKA, `${example.get(KAFKA) ?? ''}# mine\n`]]));
    expect(() => generators.sync(there.tree)).toThrow(`${KAFKA}:1:1: this generated file was edited by hand`);
    expect(there.tree.read(KAFKA, 'utf8')).toBe(`${example.get(KAFKA) ?? ''}# mine\n`);
  });
});

describe('a generator', () => {
  it("runs in the tree that Nx's own kit for tests gives, which is on no disk", () => {
    const tree = createTreeWithEmptyWorkspace();
    for (const step of EXAMPLE) generatorOf(step)(tree, step[1]);
    expect(tree.read('apps/order-processor/pipeline.yaml', 'utf8')).toBe(repository(EXAMPLE).get('apps/order-processor/pipeline.yaml'));
  });

  const example = repository(EXAMPLE);
  const asItIs = (files: Repository): Repository => files;
  const cases: readonly (readonly [what: string, step: Step, start: Repository, first: (files: Repository) => Repository])[] = [
    ['init', ['init', { repository: 'https://git.acme.example/a.git' }], new Map(), asItIs],
    ['environment', ['environment', { name: 'test', promotesFrom: 'dev', mode: 'session', storage: 's3://my-bucket/test' }], example, asItIs],
    [
      'pipeline',
      ['pipeline', { name: 'invoices', team: 'orders', topics: ['invoices', 'payments'], job: 'matcher', reads: ['invoices'], writes: ['payments'] }],
      example,
      asItIs,
    ],
    [
      'flink-job',
      ['flink-job', { name: 'auditor', pipeline: 'order-processor', user: 'flink-app', reads: ['orders'], writes: ['order-totals'], consumerGroup: 'auditor' }],
      example,
      asItIs,
    ],
    // It carries along nothing that is stale, its own beginning included: sync makes the rest of it.
    ['promote', ['promote', { pipeline: 'order-processor', to: 'staging' }], example, synced],
  ];

  it.each(cases)('that was killed while Nx wrote its files is just run again: %s', (_what, step, start, first) => {
    const command = commandOf(step);
    const plan = (files: Repository): Changes => planCommand(memoryFiles(files), command, step[1]).changes;
    const undisturbed = after(start, command, step[1]);
    const writes = [...textsOf(plan(start))];
    expect(writes.length).toBeGreaterThan(4);
    const failures: string[] = [];
    for (let done = 0; done <= writes.length; done += 1) {
      const partial = new Map(start);
      for (const [path, text] of writes.slice(0, done)) {
        if (text === null) partial.delete(path);
        else partial.set(path, text);
      }
      try {
        const now = after(first(partial), command, step[1]);
        const differing = [...new Set([...undisturbed.keys(), ...now.keys()])].filter((path) => undisturbed.get(path) !== now.get(path));
        if (differing.length > 0) failures.push(`after ${done} of ${writes.length}: ${differing.join(', ')}`);
      } catch (error) {
        failures.push(`after ${done} of ${writes.length}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    expect(failures).toEqual([]);
    expect(isEmpty(plan(undisturbed))).toBe(true);
  });
});

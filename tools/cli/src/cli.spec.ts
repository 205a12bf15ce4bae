import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

import { promote } from '@millrace/promotion';
import { editCommands, flagOf, optionsOf } from '@millrace/workspace';
import { after, EXAMPLE, repository, type Repository } from '@millrace/workspace/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { commandLine, main } from './main.js';

const example = repository(EXAMPLE);
const ORDERS = 'apps/order-processor/pipeline.yaml';
const KAFKA = 'environments/dev/kafka/kafka.yaml';
const DIGEST = 'ab'.repeat(32);

/** A folder with these files, gone with its scope. */
function folderWith(files: Repository) {
  const root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  for (const [path, text] of files) put(root, path, text);
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

function put(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Every file below a folder but git's own, by path. */
function contentOf(root: string): Repository {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => relative(root, join(entry.parentPath, entry.name))).filter((path) => !path.startsWith('.git/'));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}
const sorted = (files: Repository): Repository => new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));

/** Runs the command line in this process, in a folder: what it ends with and what it says. */
async function millrace(root: string, ...argv: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const said = { stdout: '', stderr: '' };
  const listen = (stream: 'stdout' | 'stderr') =>
    vi.spyOn(process[stream], 'write').mockImplementation((chunk) => {
      said[stream] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      return true;
    });
  const spies = [listen('stdout'), listen('stderr')];
  try {
    const code = await main(['-C', root, ...argv]);
    return { code, out: stripVTControlCharacters(said.stdout), err: stripVTControlCharacters(said.stderr) };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** Somebody, with no configuration of her own. */
const ada = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@acme.example',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@acme.example',
};
beforeEach(() => {
  for (const [name, value] of Object.entries(ada)) vi.stubEnv(name, value);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const git = (root: string, ...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', env: { ...process.env, ...ada }, stdio: ['ignore', 'pipe', 'pipe'] });

function commit(root: string): void {
  git(root, 'init', '--quiet', '-b', 'main');
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '-m', 'example');
}

const everyCommand = [...editCommands.map(({ name }) => name), 'promote', 'sync', 'render'];

describe('help', () => {
  it('ends well, and names every command', async () => {
    const { code, out, err } = await millrace('.', '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const name of everyCommand) expect(out).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  });

  it.each(everyCommand)('is there for %s', async (name) => {
    const { code, out } = await millrace('.', name, '--help');
    expect(code).toBe(0);
    expect(out).toContain(`Usage: millrace ${name} `);
    expect(out).toContain('\nExamples:\n  millrace ');
    expect(out).toContain('--dry-run');
  });

  it.each(editCommands)('of $name has every option, and the examples are its own', async (command) => {
    const { out } = await millrace('.', command.name, '--help');
    for (const { name, positional } of optionsOf(command)) expect(out).toContain(positional === undefined ? ` ${flagOf(name)} ` : ` ${name} `);
    for (const text of command.examples) expect(out).toContain(text);
  });

  it('begins every sentence alike, but those that begin with what is typed', () => {
    const program = commandLine(() => undefined);
    const all = program.commands.flatMap((command) => [command, ...command.commands]);
    const said = [program, ...all].flatMap((command) => [
      command.description(),
      ...command.options.map((option) => option.description),
      ...command.registeredArguments.map((argument) => argument.description),
    ]);
    expect(said.length).toBeGreaterThan(100);
    expect(said.filter((text) => /^[a-z]/.test(text) && !/^[a-z ]+: /.test(text))).toEqual([]);
  });

  it('is what somebody gets who types nothing, as a mistake', async () => {
    const { code, out, err } = await millrace('.');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Usage: millrace');
  });

  it('says the version', async () => {
    const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    const { code, out } = await millrace('.', '--version');
    expect(code).toBe(0);
    expect(manifest).toMatchObject({ version: out.trim() });
  });
});

describe('a mistake of usage', () => {
  // One repository for all: none of these may write a thing.
  const folder = folderWith(example);
  beforeAll(() => {
    commit(folder.root);
  });
  afterAll(() => {
    folder[Symbol.dispose]();
  });

  it.each<readonly [what: string, argv: readonly string[], says: RegExp]>([
    ['an unknown command', ['topics'], /unknown command 'topics'\n\(Did you mean topic\?\)/],
    ['an unknown option', ['topic', 'x', '--pipeline', 'order-processor', '--partition', '3'], /unknown option '--partition'\n\(Did you mean --partitions\?\)/],
    ['one word too many', ['topic', 'x', 'y', '--pipeline', 'order-processor'], /too many arguments/],
    ['a flag without its value', ['topic', 'x', '--pipeline'], /argument missing/],
    ['a choice that is none', ['environment', 'x', '--mode', 'batch', '--storage', 's3://b/x'], /Allowed choices are application, session/],
    ['a number that is none', ['topic', 'x', '--pipeline', 'order-processor', '--partitions', '1e3'], /error --partitions: expected a whole number\n/],
    ['a name that is none', ['topic', '../x', '--pipeline', 'order-processor'], /error <name>: a topic key has/],
    ['a missing flag', ['topic', 'x'], /^error topic needs --pipeline\n {6}See: millrace topic --help\n$/],
    ['a missing name', ['topic', '--pipeline', 'order-processor'], /^error topic needs <name>\n {6}See: millrace topic --help\n$/],
    ['several missing flags', ['flink-job', 'x'], /error flink-job needs --pipeline\n[^]*error flink-job needs --user\n/],
    ['half a jar', ['artifact', 'order-processor', '--jar-uri', 'https://a.example/b.jar'], /--jar-uri and --jar-sha256 belong together/],
    ['an overlay that is not there', ['render', 'environments/dev/nothing'], /error environments\/dev\/nothing is no environment and no folder/],
    ['an overlay that is outside', ['render', '../'], /is no environment and no folder/],
    ['an engine that is none', ['render', '--engine', 'helm'], /Allowed choices are embedded, kustomize, kubectl/],
  ])('ends with 2, says so on standard error only, and writes nothing: %s', async (_what, argv, says) => {
    const { code, out, err } = await millrace(folder.root, ...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(says);
    expect(err).not.toMatch(/^\s+at /m);
    expect(contentOf(folder.root)).toEqual(sorted(example));
  });

  it.each<readonly [argv: readonly string[], says: RegExp]>([
    [['promote'], /^error promote needs <pipeline>\n[^]*error promote needs --to\n/],
    [['promote', 'order-processor'], /^error promote needs --to\n/],
    [['promote', '../x', '--to', 'staging'], /^error <pipeline>: a pipeline name has/],
    [['promote', 'order-processor', '--to', 'staging', '--commit', 'HEAD'], /unknown option '--commit'/],
  ])('ends with 2 for a promotion too: %j', async (argv, says) => {
    const { code, out, err } = await millrace(folder.root, ...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(says);
    expect(git(folder.root, 'branch', '--list', 'promote/*')).toBe('');
  });

  it.each(everyCommand.filter((name) => name !== 'init'))('is to be outside of a repository: %s', async (name) => {
    using elsewhere = folderWith(new Map([['README.md', 'hello\n']]));
    if (name === 'promote') commit(elsewhere.root);
    const { code, out, err } = await millrace(elsewhere.root, name, ...(name === 'promote' ? ['x', '--to', 'y'] : []));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('error millrace.yaml: this folder is no Millrace repository: the file is missing\n');
    expect(err).toContain('millrace init --repository <URL>');
    expect(contentOf(elsewhere.root)).toEqual(new Map([['README.md', 'hello\n']]));
  });

  it('is a folder that is not there', async () => {
    const { code, err } = await millrace(join(folder.root, 'nowhere'), 'sync');
    expect(code).toBe(2);
    expect(err).toContain('there is no such folder');
  });
});

/** A use of each command that would change something, and where. */
const uses: readonly (readonly [name: string, argv: readonly string[], start: Repository])[] = [
  ['init', ['--repository', 'https://git.acme.example/a.git'], new Map([['README.md', 'hello\n']])],
  ['team', ['billing', '--namespace', 'billing'], example],
  ['environment', ['test', '--promotes-from', 'dev', '--mode', 'application', '--storage', 's3://my-bucket/test'], example],
  ['operator', ['cert-manager', '--environment', 'prod', '--no-managed'], example],
  ['kafka-cluster', ['kafka-cluster', '--environment', 'prod', '--storage-class', 'fast-ssd', '--storage-size', '200Gi'], example],
  ['session', ['orders-large', '--environment', 'dev', '--team', 'orders', '--slots', '8'], example],
  ['pipeline', ['invoices', '--team', 'orders', '--topics', 'invoices,payments', '--job', 'matcher', '--reads', 'invoices', '--writes', 'payments'], example],
  ['topic', ['returns', '--pipeline', 'order-processor', '--config', 'a=b,c', '--config', 'd=e'], example],
  ['user', ['shop', '--pipeline', 'order-processor', '--writes', 'orders', '--writes', 'order-totals'], example],
  ['flink-job', ['auditor', '--pipeline', 'order-processor', '--user', 'flink-app', '--reads', 'orders', '--consumer-group', 'auditor'], example],
  ['artifact', ['order-processor', '--image', `ghcr.io/acme/x@sha256:${DIGEST}`], example],
  ['resize', ['order-processor', '--environment', 'dev', '--parallelism', '4', '--autoscale-max', '12'], example],
  ['platform', ['2026.08', '--environment', 'dev'], repository(EXAMPLE.slice(0, 5))],
  ['remove', ['placement', 'order-processor', '--environment', 'dev', '--delete-data'], example],
  ['promote', ['order-processor', '--to', 'staging'], example],
  ['sync', [], new Map([...example].filter(([path]) => path !== KAFKA))],
];

describe('--dry-run', () => {
  it('is tried with every command that writes', () => {
    // Where one layout ships there is nothing to migrate to: layouts.spec.ts tries that with a second one.
    expect(uses.map(([name]) => name)).toEqual(everyCommand.filter((name) => name !== 'render' && name !== 'migrate'));
  });

  it.each(uses)('writes nothing, and says what would be written: %s', async (name, argv, start) => {
    using folder = folderWith(start);
    const hasGit = name === 'promote';
    if (hasGit) commit(folder.root);
    const state = () => ({
      files: contentOf(folder.root),
      folders: readdirSync(folder.root),
      git: hasGit ? git(folder.root, 'for-each-ref') + git(folder.root, 'status', '--short') : '',
    });
    const before = state();
    const dry = await millrace(folder.root, name, ...argv, '--dry-run');
    expect(dry).toMatchObject({ code: 0 });
    expect(dry.out).toMatch(/^\d+ created, \d+ updated, \d+ deleted \(dry run: nothing was written\)$/m);
    expect(state()).toEqual(before);

    const real = await millrace(folder.root, name, ...argv);
    expect(real).toMatchObject({ code: 0 });
    const lines = (text: string) =>
      text
        .split('\n')
        .filter((line) => /^(?:[AMD] |\d+ created)/.test(line))
        .map((line) => line.replace(' (dry run: nothing was written)', ''));
    expect(lines(dry.out)).toEqual(lines(real.out));
    expect(state()).not.toEqual(before);
  });

  it('renders into nothing', async () => {
    using folder = folderWith(example);
    const { code, out } = await millrace(folder.root, 'render', 'environments/dev/kafka', '--output', join(folder.root, 'out'), '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('(dry run: nothing was written to ');
    expect(contentOf(folder.root)).toEqual(sorted(example));
  });
});

describe('a command', () => {
  it('says what it wrote, a line a file, and then nothing', async () => {
    using folder = folderWith(example);
    const first = await millrace(folder.root, 'topic', 'returns', '--pipeline', 'order-processor');
    expect(first.out).toBe(
      [
        'A apps/order-processor/next/kafka/topic-returns.yaml',
        'A environments/dev/pipelines/order-processor/kafka/topic-returns.yaml',
        'M apps/order-processor/next/kafka/kustomization.yaml',
        'M apps/order-processor/pipeline.yaml',
        'M environments/dev/pipelines/order-processor/kafka/kustomization.yaml',
      ]
        .sort((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1))
        .concat('2 created, 3 updated, 0 deleted', '')
        .join('\n'),
    );
    expect(contentOf(folder.root)).toEqual(sorted(after(example, 'topic', { name: 'returns', pipeline: 'order-processor' })));
    expect(await millrace(folder.root, 'topic', 'returns', '--pipeline', 'order-processor')).toEqual({ code: 0, out: 'Nothing to change.\n', err: '' });
  });

  it('that is refused ends with 1, says why on standard error only, and writes nothing', async () => {
    using folder = folderWith(new Map([...example, [ORDERS, example.get(ORDERS)?.replace('team: orders', 'team: nobody') ?? '']]));
    const before = contentOf(folder.root);
    const { code, out, err } = await millrace(folder.root, 'topic', 'returns', '--pipeline', 'order-processor');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toBe(`error ${ORDERS}:3:7: there is no team nobody\n      Write one of orders, or add it: millrace team nobody --namespace <namespace>\n`);
    expect(contentOf(folder.root)).toEqual(before);
  });

  it('tells what may be a surprise on standard error: a job that does not run yet', async () => {
    using folder = folderWith(example);
    const { code, err } = await millrace(
      folder.root,
      'flink-job',
      'auditor',
      '--pipeline',
      'order-processor',
      '--user',
      'flink-app',
      '--reads',
      'orders',
      '--consumer-group',
      'a',
    );
    expect(code).toBe(0);
    expect(err).toMatch(/^note .*auditor does not run in dev yet/);
  });
});

describe('sync', () => {
  it('--check ends with 0 where all is in sync', async () => {
    using folder = folderWith(example);
    expect(await millrace(folder.root, 'sync', '--check')).toEqual({ code: 0, out: 'Everything is in sync.\n', err: '' });
  });

  it('--check ends with 1 where something is stale, names it, and writes nothing', async () => {
    using folder = folderWith(new Map([...example].filter(([path]) => path !== KAFKA)));
    const before = contentOf(folder.root);
    const { code, out } = await millrace(folder.root, 'sync', '--check');
    expect(code).toBe(1);
    expect(out).toContain(`A ${KAFKA}\n`);
    expect(out).toContain('\n1 to create, 0 to update, 0 to delete\nOut of sync. Run: millrace sync\n');
    expect(contentOf(folder.root)).toEqual(before);
    expect((await millrace(folder.root, 'sync')).code).toBe(0);
    expect(contentOf(folder.root)).toEqual(sorted(example));
  });

  it.each(['sync', 'sync --check', 'sync --dry-run'])('ends with 1 at an edited file, names it and keeps it: %s', async (argv) => {
    const edited = new Map([...example, [KAFKA, `${example.get(KAFKA) ?? ''}# mine\n`]]);
    using folder = folderWith(edited);
    const { code, err } = await millrace(folder.root, ...argv.split(' '));
    expect(code).toBe(1);
    expect(err).toBe(
      `error ${KAFKA}:1:1: this generated file was edited by hand\n      It is made from environments/dev/environment.yaml: change that file, or add a patch under patches/ beside this one. Then drop what is here: millrace sync --discard ${KAFKA}\n`,
    );
    expect(contentOf(folder.root)).toEqual(sorted(edited));
  });

  it('--discard drops an edit', async () => {
    using folder = folderWith(new Map([...example, [KAFKA, `${example.get(KAFKA) ?? ''}# mine\n`]]));
    expect(await millrace(folder.root, 'sync', '--discard', KAFKA)).toMatchObject({ code: 0, out: `M ${KAFKA}\n0 created, 1 updated, 0 deleted\n` });
    expect(contentOf(folder.root)).toEqual(sorted(example));
  });

  it.each([ORDERS, 'environments/dev/kafka/kafak.yaml'])('--discard of what is no generated file is a mistake of usage: %s', async (path) => {
    const edited = new Map([...example, [KAFKA, `${example.get(KAFKA) ?? ''}# mine\n`]]);
    using folder = folderWith(edited);
    const { code, out, err } = await millrace(folder.root, 'sync', '--discard', path);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(path);
    expect(contentOf(folder.root)).toEqual(sorted(edited));
  });
});

describe('render', () => {
  it('of one path prints its YAML and nothing else', async () => {
    using folder = folderWith(example);
    const { code, out, err } = await millrace(folder.root, 'render', 'environments/prod/kafka/');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^apiVersion: kafka.strimzi.io\/v1\nkind: Kafka\n/);
    expect(out.split(/^---$/m).map((document) => /^kind: (.*)$/m.exec(document)?.[1])).toEqual(['Kafka', 'KafkaNodePool', 'KafkaNodePool']);
  });

  it('of an environment lists its overlays', async () => {
    using folder = folderWith(example);
    const { code, out } = await millrace(folder.root, 'render', 'dev');
    expect(code).toBe(0);
    expect(out).toMatch(/^environments\/dev\/kafka {2}2 resources$/m);
    expect(out).toMatch(/^environments\/dev\/pipelines\/order-processor\/flink {2}\d+ resources$/m);
    expect(out).toMatch(/\n(\d+) overlays rendered\.\n$/);
    expect(out).not.toContain('environments/prod');
  });

  it('--output writes a file for each overlay, the same text as the path gives', async () => {
    using folder = folderWith(example);
    using output = folderWith(new Map());
    expect((await millrace(folder.root, 'render', 'prod', '--output', join(output.root, 'new'))).code).toBe(0);
    const files = contentOf(join(output.root, 'new'));
    const operators = ['cert-manager', 'external-secrets', 'flink', 'strimzi'].map((operator) => `operators/${operator}`);
    expect([...files.keys()]).toEqual(
      ['argocd', 'argocd/settings', 'flink', 'kafka', 'namespaces', ...operators].map((path) => `environments/prod/${path}.yaml`).sort(),
    );
    expect(files.get('environments/prod/kafka.yaml')).toBe((await millrace(folder.root, 'render', 'environments/prod/kafka')).out);
    expect(contentOf(folder.root)).toEqual(sorted(example));
  });

  it("ends with 1 at a person's broken patch, with kustomize's words and the overlay's name", async () => {
    const patch = 'environments/dev/kafka/patches/10-mine.yaml';
    const patched = new Map([...example, [patch, 'target: {kind: Kafka, name: kafka-cluster}\npatch:\n  - {op: remove, path: /spec/nothing}\n']]);
    using folder = folderWith(patched);
    expect((await millrace(folder.root, 'sync')).code).toBe(0);
    const { code, out, err } = await millrace(folder.root, 'render', 'environments/dev/kafka');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^error environments\/dev\/kafka: [^]*\/spec\/nothing/);
    expect(err).toContain('1 of 1 overlays failed.');
    expect(err).not.toContain(folder.root);
  });

  it('ends with 1 where one of many fails, and writes none of them', async () => {
    const base = 'environments/dev/flink/kustomization.yaml';
    using folder = folderWith(new Map([...example, [base, `${example.get(base) ?? ''}resources: [nowhere.yaml]\n`]]));
    const { code, err } = await millrace(folder.root, 'render', 'dev', '--output', join(folder.root, 'out'));
    expect(code).toBe(1);
    expect(err).toMatch(/error environments\/dev\/flink: /);
    expect([...contentOf(folder.root).keys()].some((path) => path.startsWith('out/'))).toBe(false);
  });
});

describe('promote', () => {
  it('makes a branch with the promotion and a text for the pull request, and leaves the work tree alone', async () => {
    using folder = folderWith(example);
    const { root } = folder;
    commit(root);
    put(root, ORDERS, `${example.get(ORDERS) ?? ''}# unfinished\n`);
    const before = contentOf(root);
    const first = await millrace(root, 'promote', 'order-processor', '--to', 'staging');
    expect(first.code).toBe(0);
    expect(first.out).toContain('The branch promote/order-processor-1.0.0-to-staging has the promotion; your work tree is as it was.');
    const text = '.millrace/pull-requests/order-processor-1.0.0-to-staging.md';
    const now = contentOf(root);
    expect(new Map([...now].filter(([path]) => path !== text))).toEqual(before);
    expect(now.get(text)).toContain('# Promote order-processor 1.0.0 to staging\n');
    expect(git(root, 'status', '--short')).toBe(` M ${ORDERS}\n`);

    const tip = git(root, 'rev-parse', 'promote/order-processor-1.0.0-to-staging');
    rmSync(join(root, text));
    const again = await millrace(root, 'promote', 'order-processor', '--to', 'staging');
    expect(again.code).toBe(0);
    expect(again.out).toContain('The branch promote/order-processor-1.0.0-to-staging has the promotion already; your work tree is as it was.');
    expect(git(root, 'rev-parse', 'promote/order-processor-1.0.0-to-staging')).toBe(tip);
    expect(contentOf(root)).toEqual(now);

    git(root, 'commit', '--quiet', '--allow-empty', '-m', 'meanwhile');
    const later = await millrace(root, 'promote', 'order-processor', '--to', 'staging');
    expect(later).toMatchObject({ code: 1, out: '' });
    expect(later.err).toContain('error the branch promote/order-processor-1.0.0-to-staging is there already, with something else\n');
    git(root, 'reset', '--quiet', '--soft', 'HEAD^');

    git(root, 'checkout', '--quiet', '--', ORDERS);
    git(root, 'merge', '--quiet', 'promote/order-processor-1.0.0-to-staging');
    expect(await millrace(root, 'sync', '--check')).toMatchObject({ code: 0 });
    expect(await millrace(root, 'promote', 'order-processor', '--to', 'staging')).toMatchObject({
      code: 0,
      out: 'staging runs order-processor 1.0.0 already.\n',
    });
    const kit = after(example, promote, { pipeline: 'order-processor', to: 'staging', commit: git(root, 'rev-parse', 'HEAD^').trim() });
    expect(new Map([...contentOf(root)].filter(([path]) => path !== text))).toEqual(sorted(kit));
  });

  it('makes no branch where the text cannot be written, and notes in one line what is not committed', async () => {
    using folder = folderWith(example);
    const { root } = folder;
    commit(root);
    put(root, '.millrace/pull-requests', 'a file in the way\n');
    for (const path of [ORDERS, KAFKA]) put(root, path, `${example.get(path) ?? ''}# unfinished\n`);
    const { code, err } = await millrace(root, 'promote', 'order-processor', '--to', 'staging');
    expect(code).toBe(1);
    expect(err).toMatch(/^note 2 files are not committed; only what is committed is promoted\.\nerror nothing was written: /);
    expect(git(root, 'branch', '--list', 'promote/*')).toBe('');
  });

  it('brings nothing else along: what is committed must be in sync, and the owners of code are part of that', async () => {
    const environment = 'environments/prod/environment.yaml';
    using folder = folderWith(new Map([...example, [environment, (example.get(environment) ?? '').replace('100Gi', '200Gi')]]));
    const { root } = folder;
    commit(root);
    const { code, out, err } = await millrace(root, 'promote', 'order-processor', '--to', 'staging');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('error not in sync: environments/prod/kafka/');
    expect(git(root, 'branch', '--list', 'promote/*')).toBe('');

    put(root, 'millrace.yaml', `${example.get('millrace.yaml') ?? ''}owners: ["@acme/platform"]\n`);
    expect((await millrace(root, 'sync')).out).toContain('A CODEOWNERS\n');
    commit(root);
    const now = await millrace(root, 'promote', 'order-processor', '--to', 'staging');
    expect(now).toMatchObject({ code: 0, err: '' });
    // A placement is new: patches beside it get their owners, in the file that is committed already.
    expect(now.out).toContain('M CODEOWNERS\n');
  });

  it('tells what a person should know of it, with its place', async () => {
    const auditor = ['auditor', '--pipeline', 'order-processor', '--user', 'flink-app', '--reads', 'orders', '--consumer-group', 'auditor'];
    using folder = folderWith(example);
    const { root } = folder;
    commit(root);
    await millrace(root, 'promote', 'order-processor', '--to', 'staging');
    git(root, 'merge', '--quiet', 'promote/order-processor-1.0.0-to-staging');
    expect((await millrace(root, 'flink-job', ...auditor)).code).toBe(0);
    commit(root);
    const { code, err } = await millrace(root, 'promote', 'order-processor', '--to', 'prod');
    expect(code).toBe(0);
    expect(err).toMatch(/^note environments\/dev\/pipelines\/order-processor\/placement\.yaml: the job auditor does not run in dev yet/m);
  });

  it('needs git, and says so', async () => {
    using folder = folderWith(example);
    vi.stubEnv('GIT_CEILING_DIRECTORIES', dirname(folder.root));
    const { code, err } = await millrace(folder.root, 'promote', 'order-processor', '--to', 'staging');
    expect(code).not.toBe(0);
    expect(err).toContain('Run inside a git repository with at least one commit.');
    expect(err).not.toMatch(/^\s+at /m);
  });
});

describe('the program', () => {
  const bin = fileURLToPath(new URL('../bin/millrace.js', import.meta.url));
  const run = (root: string, argv: readonly string[], as: { readonly uid?: number; readonly gid?: number } = {}) =>
    spawnSync(process.execPath, [bin, ...argv], { cwd: root, encoding: 'utf8', ...as, stdio: ['ignore', 'pipe', 'pipe'] });

  it.each<readonly [status: number, argv: readonly string[]]>([
    [0, ['sync', '--check']],
    [1, ['resize', 'order-processor', '--environment', 'prod', '--parallelism', '2']],
    [2, ['topic', 'x']],
  ])('ends with %i after %j', (status, argv) => {
    using folder = folderWith(example);
    const { stdout, stderr, ...end } = run(folder.root, argv);
    expect(end.status).toBe(status);
    expect(status === 0 ? stderr : stdout).toBe('');
  });

  it('ends with 1 in a folder in which one may not write, says so, and changes nothing', () => {
    using folder = folderWith(example);
    // Root may write everywhere, so there it is run by nobody.
    const as = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    chmodSync(folder.root, 0o555);
    try {
      const { status, stdout, stderr } = run(folder.root, ['topic', 'returns', '--pipeline', 'order-processor'], as);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(/nothing was written: EACCES[^]*Give yourself write permission there/);
      expect(contentOf(folder.root)).toEqual(sorted(example));
    } finally {
      chmodSync(folder.root, 0o755);
    }
  });
});

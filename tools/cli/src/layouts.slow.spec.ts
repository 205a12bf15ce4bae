import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { promote } from '@millrace/promotion';
import { after, EXAMPLE, repository, type Repository } from '@millrace/workspace/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const bin = fileURLToPath(new URL('../bin/millrace.js', import.meta.url));
const PREVIEW = fileURLToPath(new URL('../../../libs/manifests/preview-layout/layout.cjs', import.meta.url));
const DEV = 'environments/dev/environment.yaml';

/** Made by what ships: everything is in layout 1, and one release runs in staging and prod. */
const example: Repository = ['staging', 'prod'].reduce((files, to) => after(files, promote, { pipeline: 'order-processor', to }), repository(EXAMPLE));

const ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@acme.example',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@acme.example',
};

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
const run = (root: string, program: string, args: readonly string[], preview: string | undefined): Ended =>
  spawnSync(program, args, { cwd: root, encoding: 'utf8', env: { ...ENVIRONMENT, MILLRACE_PREVIEW_LAYOUT: preview }, stdio: ['ignore', 'pipe', 'pipe'] });
const millrace = (root: string, ...argv: readonly string[]): Ended => run(root, process.execPath, [bin, ...argv], PREVIEW);
const shipped = (root: string, ...argv: readonly string[]): Ended => run(root, process.execPath, [bin, ...argv], undefined);
function git(root: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = run(root, 'git', args, undefined);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
function commit(root: string): void {
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--allow-empty', '-m', 'work');
}

function written(files: Repository): string {
  const root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  for (const [path, text] of files) put(root, path, text);
  git(root, 'init', '--quiet', '-b', 'main');
  commit(root);
  return root;
}
function put(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
/** The files of some folders, by path. */
function contentOf(root: string, ...folders: readonly string[]): Repository {
  const paths = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return new Map(paths.sort().map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]));
}

describe('what ships', () => {
  const root = written(new Map([...example, [DEV, (example.get(DEV) ?? '').replace('layout: 1', 'layout: 2')]]));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('refuses a layout that it does not make, with place and remedy', () => {
    const { status, stdout, stderr } = shipped(root, 'sync');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe(
      `error ${DEV}:3:9: layout: expected 1, the layout that this Millrace makes; another needs another Millrace (nx migrate @millrace/nx)\n      Correct the value, for example 1.\n`,
    );
  });

  it('has nowhere to move to', () => {
    put(root, DEV, example.get(DEV) ?? '');
    expect(shipped(root, 'migrate')).toMatchObject({ status: 0, stdout: 'Nothing to change.\n' });
    expect(shipped(root, 'releases', 'refresh', 'order-processor')).toMatchObject({
      status: 1,
      stderr: 'error release 1.0.0 of order-processor is in layout 1, the newest there is\n      Nothing to do: promote it as it is.\n',
    });
  });

  it('says so where the module of a preview is named that is none', () => {
    expect(run(root, process.execPath, [bin, 'sync'], 'layout.cjs')).toMatchObject({
      status: 2,
      stderr: "MILLRACE_PREVIEW_LAYOUT is layout.cjs: expected the absolute path of a layout's module, or nothing\n",
    });
  });

  it('packs neither the preview nor the pages of the layouts', () => {
    const { stdout } = run(
      fileURLToPath(new URL('../../../libs/manifests', import.meta.url)),
      'npm',
      ['pack', '--dry-run', '--json', '--ignore-scripts'],
      undefined,
    );
    const packed = Array.from(stdout.matchAll(/"path": "([^"]+)"/g), ([, path]) => path);
    expect(packed).toContain('templates/1/kustomization.hbs');
    expect(packed.filter((path) => /preview-layout|golden|\.spec|\.fixture/.test(path ?? ''))).toEqual([]);
  });
});

describe('a move to the next layout, from end to end', () => {
  let root = '';
  beforeAll(() => {
    root = written(example);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const clean = () => {
    const { status, stdout, stderr } = millrace(root, 'check', 'environments', 'apps', '--no-cache');
    expect({ status, stdout: stdout.split('\n').slice(-3).join('\n'), stderr: stderr.replace(/^.*\d+\/\d+\n/gm, '') }).toMatchObject({ status: 0 });
    expect(stdout).toMatch(/\b0 errors/);
    expect(stdout).toMatch(/\b0 warnings/);
  };

  it('changes nothing by the new Millrace alone, but the schemas for editors', () => {
    const { status, stdout } = millrace(root, 'sync');
    expect(status).toBe(0);
    expect(stdout.split('\n').filter((line) => /^[AMD] /.test(line))).toEqual(['M tools/schemas/environment.schema.json']);
    expect(JSON.parse(readFileSync(join(root, 'tools/schemas/environment.schema.json'), 'utf8'))).toMatchObject({ properties: { layout: { enum: [1, 2] } } });
    commit(root);
  });

  it('moves the first environment, and leaves the others', () => {
    const others = contentOf(root, 'environments/staging', 'environments/prod', 'apps/order-processor/releases');
    expect(millrace(root, 'migrate', '--dry-run').stdout).toContain('1 created, 5 updated, 1 deleted (dry run: nothing was written)\n');
    expect(git(root, 'status', '--short')).toBe('');
    expect(millrace(root, 'migrate')).toMatchObject({ status: 0 });
    expect(contentOf(root, 'environments/staging', 'environments/prod', 'apps/order-processor/releases')).toEqual(others);
    expect(millrace(root, 'sync', '--check')).toMatchObject({ status: 0, stdout: 'Everything is in sync.\n' });
    commit(root);
  });

  it('promotes it with the next release, and says which jobs are redeployed, in the terminal, the commit and the pull request', () => {
    const lines = [
      'order-processor moves from layout 1 to layout 2 in staging; the platform of staging stays in layout 1 until: millrace migrate staging.',
      '1 running job would be redeployed in staging: order-processor.',
    ];
    const dry = millrace(root, 'promote', 'order-processor', '--to', 'staging', '--dry-run');
    for (const line of lines) expect(dry.stdout).toContain(`\n${line}\n`);
    const { status, stdout } = millrace(root, 'promote', 'order-processor', '--to', 'staging');
    expect(status).toBe(0);
    const branch = 'promote/order-processor-1.1.0-to-staging';
    const text = readFileSync(join(root, '.millrace/pull-requests/order-processor-1.1.0-to-staging.md'), 'utf8');
    for (const said of [stdout, git(root, 'log', '-1', '--format=%B', branch), text]) for (const line of lines) expect(said).toContain(`\n${line}\n`);
    git(root, 'merge', '--quiet', '--ff-only', branch);
  });

  it('a new release on the old platform is clean, and so is an old release beside it', () => {
    clean();
  });

  it('moves the platform by a command of its own, also under an old release', () => {
    expect(millrace(root, 'migrate', 'prod')).toMatchObject({ status: 1, stdout: '' });
    expect(millrace(root, 'migrate', 'staging')).toMatchObject({ status: 0 });
    expect(millrace(root, 'migrate', 'prod').stdout).toMatch(/^M environments\/prod\/environment\.yaml$/m);
    clean();
    commit(root);
  });

  it('makes an old release in the new layout, when told to, and only then', () => {
    const before = git(root, 'rev-parse', 'HEAD');
    const refresh = ['releases', 'refresh', 'order-processor', '--release', '1.0.0'];
    const dry = millrace(root, ...refresh, '--dry-run');
    expect(dry.stdout).toMatch(/^A apps\/order-processor\/releases\/1\.0\.1\/release\.yaml$/m);
    expect(git(root, 'status', '--short')).toBe('');
    expect(millrace(root, ...refresh)).toMatchObject({ status: 0, stdout: dry.stdout.replace(' (dry run: nothing was written)', '') });
    expect(millrace(root, ...refresh)).toMatchObject({ status: 0, stdout: 'Nothing to change.\n' });
    expect(git(root, 'status', '--short')).toBe('?? apps/order-processor/releases/1.0.1/\n');
    expect(git(root, 'rev-parse', 'HEAD')).toBe(before);
  });
});

describe('sync', () => {
  it('says how many running jobs a change would redeploy: when asked, before it writes, and when it has written', () => {
    const root = written(example);
    try {
      put(root, 'environments/prod/pipelines/order-processor/placement.yaml', 'release: 1.0.0\njobs:\n  order-processor: {parallelism: 8}\n');
      const line = '1 running job would be redeployed in prod: order-processor.\n';
      expect(shipped(root, 'sync', '--check')).toMatchObject({ status: 1 });
      expect(shipped(root, 'sync', '--check').stdout).toContain(line);
      expect(shipped(root, 'sync', '--dry-run').stdout).toContain(line);
      expect(shipped(root, 'sync').stdout).toContain(line);
      expect(shipped(root, 'sync').stdout).toBe('Nothing to change.\n');
      expect(shipped(root, 'resize', 'order-processor', '--environment', 'prod', '--parallelism', '9').stdout).toContain(line);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});

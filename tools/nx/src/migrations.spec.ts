import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { layouts } from '@millrace/manifests';
import { isEmpty, memoryFiles, planSync, textsOf } from '@millrace/workspace';
import { EXAMPLE, repository, type Repository } from '@millrace/workspace/testing';
import { logger } from '@nx/devkit';
import { flushChanges, FsTree } from 'nx/src/generators/tree';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { migrationsOf } from './migrations.js';
import toNewestLayout from './to-newest-layout.js';

const PREVIEW = vi.hoisted(
  () => (process.env['MILLRACE_PREVIEW_LAYOUT'] = new URL('../../../libs/manifests/preview-layout/layout.cjs', import.meta.url).pathname),
);

const DEV = 'environments/dev/environment.yaml';
const LEFT =
  'When that has proved itself, promote each pipeline as ever, which takes the layout along; then the platforms follow: millrace migrate <environment>';

/** The example as a Millrace before this one left it. */
const example: Repository = (() => {
  const newest = repository(EXAMPLE);
  const declared = new Map([...newest].map(([path, text]) => [path, path.endsWith('/environment.yaml') ? text.replace('layout: 2', 'layout: 1') : text]));
  for (const [path, text] of textsOf(planSync(memoryFiles(declared)).changes)) {
    if (text === null) declared.delete(path);
    else declared.set(path, text);
  }
  return declared;
})();

const folders: string[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
function written(files: Repository): string {
  const root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  folders.push(root);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}
function contentOf(root: string): Repository {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)).filter((path) => !/^(?:node_modules|\.nx)\//.test(path));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}
/** The migration on a repository: what it leaves to do, and what it leaves. */
function migrated(files: Repository): { readonly left: readonly string[]; readonly files: Repository } {
  const root = written(files);
  const tree = new FsTree(root, false);
  const left = toNewestLayout(tree);
  flushChanges(root, tree.listChanges());
  return { left, files: contentOf(root) };
}
const sorted = (files: Repository): Repository => new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));

describe('what nx migrate is told', () => {
  it('is nothing while one layout ships', () => {
    expect(migrationsOf(layouts.slice(0, 1))).toMatchObject({ generators: {} });
    const built: unknown = JSON.parse(readFileSync(new URL('../dist/migrations.json', import.meta.url), 'utf8'));
    expect(built).toEqual(migrationsOf(layouts.slice(0, 1)));
  });

  it('is a migration for every layout after the first, under the version that brought it', () => {
    expect(migrationsOf(layouts)).toMatchObject({ generators: { 'layout-2': { version: '999.0.0', implementation: './to-newest-layout.js' } } });
    expect(readdirSync(new URL('../dist/', import.meta.url))).toContain('to-newest-layout.js');
  });
});

describe('the migration to the newest layout', () => {
  const done = migrated(example);

  it('moves the first environment, and leaves every other byte for byte', () => {
    expect(done.files.get(DEV)).toBe(example.get(DEV)?.replace('layout: 1', 'layout: 2'));
    const differing = [...new Set([...example.keys(), ...done.files.keys()])].filter((path) => example.get(path) !== done.files.get(path));
    expect(differing).toContain('environments/dev/pipelines/order-processor/flink/session-job-order-processor.yaml');
    expect(differing.filter((path) => !/^(?:environments\/dev|apps\/order-processor\/next)\//.test(path))).toEqual([]);
    expect(isEmpty(planSync(memoryFiles(done.files)).changes)).toBe(true);
    expect(done.left).toEqual([LEFT]);
  });

  it('changes nothing the second time', () => {
    expect(migrated(done.files)).toEqual({ left: [], files: done.files });
  });

  it('leaves a folder alone that is no Millrace repository', () => {
    const files = new Map([['README.md', 'hello\n']]);
    expect(migrated(files)).toEqual({ left: [], files });
  });

  it.each<readonly [what: string, path: string, change: (text: string) => string, says: string]>([
    ['is not what it expects', DEV, (text) => text.replace('layout: 1', 'layout: one'), 'layout: expected 1 or 2'],
    ['cannot be read', DEV, (text) => `${text}: [`, 'this is not YAML'],
    ['was edited by hand', 'environments/dev/flink/kustomization.yaml', (text) => `${text}# mine\n`, 'this generated file was edited by hand'],
  ])('leaves everything as it is where a file %s, and says so', (_what, path, change, says) => {
    const warn = vi.spyOn(logger, 'warn').mockImplementation(() => undefined);
    const files = new Map([...example, [path, change(example.get(path) ?? '')]]);
    const { left, files: after } = migrated(files);
    expect(after).toEqual(sorted(files));
    expect(left).toEqual(['Millrace moved no environment to the newest layout: see above what is in the way. Then run: millrace migrate']);
    expect(warn.mock.calls.join('\n')).toContain(`${path}:`);
    expect(warn.mock.calls.join('\n')).toContain(says);
  });

  it('is what nx migrate --run-migrations does', () => {
    const root = written(example);
    const modules = join(root, 'node_modules');
    const ours = fileURLToPath(new URL('../../../', import.meta.url));
    mkdirSync(join(modules, '@millrace'), { recursive: true });
    for (const name of readdirSync(join(ours, 'node_modules'))) {
      if (!name.startsWith('.') && name !== '@millrace') symlinkSync(join(ours, 'node_modules', name), join(modules, name));
    }
    for (const name of readdirSync(join(ours, 'libs'))) symlinkSync(join(ours, 'libs', name), join(modules, '@millrace', name));
    cpSync(join(ours, 'tools/nx'), join(modules, '@millrace/nx'), { recursive: true });
    // As a Millrace would be built that ships the second layout.
    writeFileSync(join(modules, '@millrace/nx/dist/migrations.json'), JSON.stringify(migrationsOf(layouts)));
    writeFileSync(join(root, 'nx.json'), JSON.stringify({ analytics: false, tui: { enabled: false }, plugins: ['@millrace/nx/plugin'] }));
    writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'platform', private: true, devDependencies: { '@millrace/nx': '0.1.0', nx: '23.2.1' } }));
    const step = { package: '@millrace/nx', name: 'layout-2', version: '999.0.0', description: 'Move', implementation: './to-newest-layout.js' };
    writeFileSync(join(root, 'migrations.json'), JSON.stringify({ migrations: [step] }));
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(modules, 'nx/dist/bin/nx.js'), 'migrate', '--run-migrations'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        MILLRACE_PREVIEW_LAYOUT: PREVIEW,
        // nx runs only from inside the workspace, and is a link there.
        NODE_OPTIONS: '--preserve-symlinks --preserve-symlinks-main',
        NX_DAEMON: 'false',
        NX_MIGRATE_USE_LOCAL: 'true',
        NX_SKIP_PROVENANCE_CHECK: 'true',
        NX_MIGRATE_SKIP_INSTALL: 'true',
        CI: 'true',
      },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('1 migration applied');
    expect(stdout).toContain(LEFT);
    const made = contentOf(root);
    const own = ['nx.json', 'package.json', 'migrations.json'];
    const others = (files: Repository) => new Map([...files].filter(([path]) => !own.includes(path)));
    expect(others(made)).toEqual(others(done.files));
  });
});

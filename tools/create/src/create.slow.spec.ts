import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { newRepository, optionsOf } from '@millrace/workspace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../bin/create-millrace.js', import.meta.url));
const MILLRACE = fileURLToPath(new URL('../../cli/bin/millrace.js', import.meta.url));
const IDENTITY = { GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@acme.example', GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@acme.example' };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

/** Somebody who has nothing configured: what runs this test says nothing of it. */
function environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:npm_|git_)/i.test(name));
  return { ...Object.fromEntries(own), HOME: folder, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', ...IDENTITY, ...more };
}

const run = (argv: readonly string[], more: Readonly<Record<string, string>> = {}): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [PROGRAM, ...argv], { cwd: folder, encoding: 'utf8', input: '', env: environment(more) });
const git = (...args: readonly string[]): string =>
  spawnSync('git', args, { cwd: join(folder, 'my-platform'), encoding: 'utf8', env: environment() }).stdout.trim();

/** A program of this name, first on the PATH, that is a shell script. */
function fake(name: string, script: string): { readonly PATH: string } {
  const bin = join(tmpdir(), `${folder.split('/').at(-1) ?? ''}-bin`);
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
  return { PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };
}
afterEach(() => {
  rmSync(join(tmpdir(), `${folder.split('/').at(-1) ?? ''}-bin`), { recursive: true, force: true });
});

describe('create-millrace', () => {
  it('makes a repository that is committed, in sync, and clean under the check', () => {
    const { status, stdout } = run(['my-platform', '--yes', '--skip-install']);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: [
        '',
        'Ready. my-platform/README.md says how to go on; it begins with',
        '  cd my-platform',
        '  npm install',
        '  npx nx run-many -t render,check',
        '',
      ].join('\n'),
    });
    expect(readdirSync(folder)).toEqual(['my-platform']);
    expect(git('status', '--porcelain')).toBe('');
    expect(git('log', '--format=%s %an', 'main')).toMatch(/^A repository for a streaming platform, as create-millrace \d+\.\d+\.\d+ makes it Ada$/);
    const millrace = (...argv: readonly string[]) => spawnSync(process.execPath, [MILLRACE, ...argv], { cwd: join(folder, 'my-platform'), encoding: 'utf8' });
    expect(millrace('sync', '--check')).toMatchObject({ status: 0, stdout: 'Everything is in sync.\n' });
    expect(millrace('check').stdout).toContain(' 0 errors, 0 warnings');
  });

  it('asks nothing where there is no terminal: every answer has a default, the name too', () => {
    const { status, stderr } = run(['--skip-install', '--skip-git']);
    expect(status).toBe(0);
    expect(stderr).toContain('Making my-platform (dev → staging → prod, npm)');
    expect(stderr).toContain('note Argo CD would clone https://git.example.com/my-platform.git, which is made up.');
    expect(existsSync(join(folder, 'my-platform/.git'))).toBe(false);
  });

  it('says nothing of a URL that was chosen', () => {
    expect(run(['--skip-install', '--skip-git', '--repository', 'https://git.acme.example/a.git']).stderr).not.toContain('note');
  });

  it('makes no git repository inside of another one, and as a folder of that says what Argo CD has to know', () => {
    const outer = (...args: readonly string[]) => spawnSync('git', args, { cwd: folder, env: environment() });
    outer('init', '--quiet');
    const refused = run(['my-platform', '--skip-install']);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('my-platform would be a git repository inside of another one');
    expect(refused.stderr).toContain('--path my-platform');
    expect(readdirSync(folder)).toEqual(['.git']);
    const made = run(['my-platform', '--skip-install', '--skip-git', '--repository', 'https://git.acme.example/a.git']);
    expect(made.stdout).toContain('  npx millrace init --repository https://git.acme.example/a.git --path my-platform\n');
    expect(made.stdout).not.toContain('git init');

    writeFileSync(join(folder, '.gitignore'), 'other/\n');
    expect(run(['other', '--skip-install']).status).toBe(0);
  });

  it('shows with --dry-run what it would write, and writes nothing', () => {
    const { status, stdout } = run(['my-platform', '--environments', 'dev,prod', '--dry-run']);
    expect(status).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines).toEqual(expect.arrayContaining(['A README.md', 'A environments/prod/environment.yaml', 'A .github/workflows/ci.yml']));
    expect(lines.at(-1)).toBe(`${lines.length - 1} created, 0 updated, 0 deleted (dry run: nothing was written)`);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('has a flag for every option, with its words', () => {
    const { status, stdout } = run(['--help']);
    expect(status).toBe(0);
    const text = stdout.replace(/\s+/g, ' ');
    for (const { name, description, positional } of optionsOf(newRepository)) {
      if (positional === undefined) expect(text).toContain(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} `);
      expect(text).toContain(description);
    }
    for (const flag of ['--yes', '--dry-run', '--skip-install', '--skip-git']) expect(text).toContain(flag);
  });

  it('takes the name behind a list', () => {
    expect(run(['--environments', 'dev,prod', 'other', '--skip-install', '--skip-git']).status).toBe(0);
    expect(readdirSync(join(folder, 'other/environments'))).toEqual(expect.arrayContaining(['dev', 'prod']));
  });

  it.each([
    ['npm/11.0.0 node/v24.0.0 linux x64', '(dev → staging → prod, npm@11.0.0)', []],
    ['pnpm/10.33.0 npm/? node/v24.0.0 linux x64', '(dev → staging → prod, pnpm@10.33.0)', ['pnpm-workspace.yaml']],
    ['yarn/4.18.1 npm/? node/v24.0.0 linux x64', '(dev → staging → prod, yarn@4.18.1)', ['.yarnrc.yml', 'yarn.lock']],
    ['bun/1.3.0', '(dev → staging → prod, npm)', []],
  ])('is for the package manager that runs it: %s', (agent, said, files) => {
    const { stderr } = run(['--skip-install', '--skip-git'], { npm_config_user_agent: agent });
    expect(stderr).toContain(said);
    const own = ['pnpm-workspace.yaml', '.yarnrc.yml', 'yarn.lock'].filter((file) => existsSync(join(folder, 'my-platform', file)));
    expect(own).toEqual(files);
  });
});

describe('nothing half-made:', () => {
  it('a folder with something in it is left alone, and what is in it is said', () => {
    mkdirSync(join(folder, 'my-platform'));
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) writeFileSync(join(folder, 'my-platform', name), name);
    const { status, stderr } = run(['my-platform', '--skip-install']);
    expect(status).toBe(1);
    expect(stderr).toBe(
      'error my-platform: there is something of this name already: it has a, b, c, d, e and 2 more\n' +
        '      Choose another name, or make what is there a Millrace repository: npx millrace init --repository <URL>\n',
    );
    expect(readdirSync(join(folder, 'my-platform'))).toHaveLength(7);
  });

  it('a file of the name is left alone', () => {
    writeFileSync(join(folder, 'my-platform'), 'mine');
    expect(run(['my-platform', '--skip-install'])).toMatchObject({ status: 1, stdout: '' });
    expect(readdirSync(folder)).toEqual(['my-platform']);
  });

  it('an empty folder is as good as none', () => {
    mkdirSync(join(folder, 'my-platform'));
    expect(run(['my-platform', '--skip-install']).status).toBe(0);
    expect(readdirSync(folder)).toEqual(['my-platform']);
  });

  it.each([
    ['a bad name', ['Bad_Name'], 2],
    ['a path', ['../elsewhere'], 2],
    ['an unknown flag', ['x', '--colour', 'red'], 2],
    ['too many names', ['x', 'y'], 2],
    ['a bad environment', ['x', '--environments', 'dev,..'], 2],
    ['a namespace that is taken', ['x', '--namespace', 'kafka'], 1],
  ])('%s is refused with a remedy', (_what, argv, code) => {
    const { status, stdout, stderr } = run([...argv, '--skip-install']);
    expect({ status, stdout }).toEqual({ status: code, stdout: '' });
    expect(stderr).not.toBe('');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('somebody whom git does not know is told before anything is begun', () => {
    const nobody = { GIT_AUTHOR_NAME: '', GIT_AUTHOR_EMAIL: '', GIT_COMMITTER_NAME: '', GIT_COMMITTER_EMAIL: '' };
    const { status, stderr } = run(['my-platform', '--skip-install'], nobody);
    expect(status).toBe(1);
    expect(stderr).toContain('git does not know who you are');
    expect(stderr).toContain('git config --global user.name');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('where git is not installed, that is said', () => {
    const { status, stderr } = run(['my-platform', '--skip-install'], { PATH: folder });
    expect(status).toBe(1);
    expect(stderr).toContain('git is not installed');
  });

  it('a registry that cannot be reached leaves nothing, and what npm said is shown', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    server.close();
    await once(server, 'close');
    const { status, stdout, stderr } = run(['my-platform'], { npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_fetch_retries: '0' });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('npm install failed, and nothing was made');
    expect(stderr).toContain('ECONNREFUSED');
    expect(stderr).toContain('--skip-install');
    expect(readdirSync(folder).filter((name) => name.includes('my-platform'))).toEqual([]);
  });

  it('a commit that a hook refuses leaves nothing', () => {
    const hooks = mkdtempSync(join(tmpdir(), 'millrace-test-'));
    writeFileSync(join(hooks, 'pre-commit'), '#!/bin/sh\necho not today >&2\nexit 1\n', { mode: 0o755 });
    const { status, stderr } = run(['my-platform', '--skip-install'], { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.hooksPath', GIT_CONFIG_VALUE_0: hooks });
    rmSync(hooks, { recursive: true });
    expect(status).toBe(1);
    expect(stderr).toContain('git commit failed, and nothing was made: not today');
    expect(readdirSync(folder)).toEqual([]);
  });

  /** A run that is in the middle of its installation, which takes for ever. */
  async function installing() {
    const started = join(folder, 'started');
    const env = environment(fake('npm', `echo half >half-made; : >"${started}"; exec sleep 300`));
    const child = spawn(process.execPath, [PROGRAM, 'my-platform'], { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    while (!existsSync(started)) {
      if (child.exitCode !== null) throw new Error(said);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    rmSync(started);
    return { child, said: () => said };
  }

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('a run that gets %s tidies up, and ends by it', async (signal) => {
    const { child, said } = await installing();
    child.kill(signal);
    const [code, by] = await once(child, 'close');
    expect({ code, by }).toEqual({ code: null, by: signal });
    expect(said()).toContain('Interrupted: nothing was made.');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('what a run that was killed leaves is not in the place of the repository, and the next one removes it and says so', async () => {
    const { child } = await installing();
    const left = `.my-platform.create-millrace-${child.pid ?? 0}`;
    // The one that goes on keeps its folder.
    expect(run(['my-platform', '--skip-install', '--skip-git']).stderr).not.toContain('removed');
    expect(readdirSync(folder).sort()).toEqual([left, 'my-platform']);
    rmSync(join(folder, 'my-platform'), { recursive: true });
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(readdirSync(folder)).toEqual([left]);
    const { status, stderr } = run(['my-platform', '--skip-install']);
    expect(status).toBe(0);
    expect(stderr).toContain(`removed ${left}, which a run that was killed had left`);
    expect(readdirSync(folder)).toEqual(['my-platform']);
  });

  it('other folders of nearly that name are nobody’s leftovers', () => {
    for (const name of ['.my-platform.create-millrace-', '.my-platform.create-millrace-1x', '.other.create-millrace-999999']) mkdirSync(join(folder, name));
    run(['my-platform', '--skip-install', '--skip-git']);
    expect(readdirSync(folder)).toHaveLength(4);
  });
});

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { EXAMPLE, repository } from '@millrace/workspace/testing';
import { beforeEach, afterEach, describe, expect, it, vi } from 'vitest';

import { main } from './main.js';

const PLACEMENT = 'environments/staging/pipelines/order-processor/placement.yaml';
const example = repository([...EXAMPLE, ['topic', { name: 'returns', pipeline: 'order-processor', partitions: 3 }]]);
let root = '';

const git = (...args: readonly string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
function commit(message: string): void {
  git('add', '--all');
  git('commit', '--quiet', '-m', message);
}

async function millrace(...argv: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => out.push(String(chunk)) > 0),
    vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => err.push(String(chunk)) > 0),
  ];
  try {
    return { code: await main(['-C', root, ...argv]), out: out.join(''), err: err.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

beforeEach(() => {
  for (const scope of ['GLOBAL', 'SYSTEM']) vi.stubEnv(`GIT_CONFIG_${scope}`, '/dev/null');
  for (const who of ['AUTHOR', 'COMMITTER']) {
    vi.stubEnv(`GIT_${who}_NAME`, 'Ada');
    vi.stubEnv(`GIT_${who}_EMAIL`, 'ada@acme.example');
  }
  root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  for (const [path, text] of example) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  git('init', '--quiet', '-b', 'main');
  commit('example');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

describe('a topic', () => {
  const step = ['remove', 'topic', 'returns', '--pipeline', 'order-processor'];

  it('R12: is not removed in both steps before the branch that Argo CD follows has the first', async () => {
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    expect((await millrace(...step)).code).toBe(0);
    commit('let go');
    const finish = await millrace(...step, '--finish');
    expect(finish.code).toBe(1);
    expect(finish.err).toContain('on origin/main, as it was fetched last, dev runs next, in which Strimzi manages returns still');
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    expect(await millrace(...step, '--finish')).toMatchObject({ code: 0, err: expect.stringContaining('the topic returns stays in Kafka') });
  });

  it('R12: that goes with its data is told by sync, and by sync --check', async () => {
    const file = join(root, 'apps/order-processor/pipeline.yaml');
    writeFileSync(file, repository(EXAMPLE).get('apps/order-processor/pipeline.yaml') ?? '');
    const line = "1 topic would be deleted with its data in dev: returns (3 partitions, kept for Kafka's default time);";
    expect(await millrace('sync', '--check')).toMatchObject({ code: 1, out: expect.stringContaining(line) });
    expect(await millrace('sync')).toMatchObject({ code: 0, out: expect.stringContaining(line) });
  });
});

it('a sparse checkout stops every command that takes files for all that is declared', async () => {
  git('sparse-checkout', 'set', '--cone', 'apps', 'environments/dev', 'tools');
  for (const argv of [['sync'], ['sync', '--check'], ['diff', '--base', 'main'], ['topic', 'more', '--pipeline', 'order-processor']]) {
    expect(await millrace(...argv)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('git sparse-checkout add environments') });
  }
  expect((await millrace('diff', '--base', 'main', '--head', 'main')).code).toBe(0);
});

describe('promote', () => {
  const promote = ['promote', 'order-processor', '--to', 'staging'];

  it('gives no number again that a revert took away', async () => {
    expect((await millrace(...promote)).code).toBe(0);
    git('merge', '--quiet', '--no-ff', '-m', 'promotion', 'promote/order-processor-1.0.0-to-staging');
    git('revert', '--no-edit', '-m', '1', 'HEAD');
    expect(existsSync(join(root, PLACEMENT))).toBe(false);
    expect((await millrace(...promote)).out).toContain('The branch promote/order-processor-1.1.0-to-staging has the promotion;');
  });

  it('leaves no text behind where a hook refuses the branch', async () => {
    writeFileSync(join(root, '.git/hooks/reference-transaction'), '#!/bin/sh\ncase "$(cat)" in *promote/*) exit 1;; esac\n', { mode: 0o755 });
    const { code, err } = await millrace(...promote);
    expect(code).toBe(1);
    expect(err).toContain('hook');
    expect(existsSync(join(root, '.millrace/pull-requests'))).toBe(false);
    rmSync(join(root, '.git/hooks/reference-transaction'));
    expect((await millrace(...promote)).code).toBe(0);
    expect(readFileSync(join(root, '.millrace/pull-requests/order-processor-1.0.0-to-staging.md'), 'utf8')).toContain('# Promote');
  });
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { MillraceError } from '@millrace/model';
import type { Changes } from '@millrace/workspace';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { makeBranch, makeCommit, planBranch } from './branch-commit.js';
import { headCommit } from './head-commit.js';

/** Nobody's configuration: what a fresh machine has. */
beforeEach(() => {
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
  vi.stubEnv('GIT_CONFIG_SYSTEM', '/dev/null');
  for (const who of ['AUTHOR', 'COMMITTER']) {
    vi.stubEnv(`GIT_${who}_NAME`, 'Ada');
    vi.stubEnv(`GIT_${who}_EMAIL`, 'ada@acme.example');
  }
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const git = (root: string, ...args: readonly string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const files = { 'a/gone.yaml': 'gone\n', 'a/kept.yaml': 'kept\n', 'b.yaml': 'old\n', '.gitignore': 'ignored\n' };

/** A repository with one commit, at a folder of it or its root, and a work tree full of somebody's unfinished work. */
function dirtyRepository(below: string) {
  const top = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  const root = join(top, below);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  writeFileSync(join(top, 'top.txt'), 'top\n');
  git(top, 'init', '--quiet', '-b', 'main');
  git(top, 'add', '--all');
  git(top, 'commit', '--quiet', '-m', 'first');
  // Staged, changed, staged and changed, removed, untracked, ignored.
  writeFileSync(join(root, 'b.yaml'), 'staged\n');
  writeFileSync(join(root, 'staged.yaml'), 'staged\n');
  git(top, 'add', '--all');
  writeFileSync(join(root, 'b.yaml'), 'unfinished\n');
  rmSync(join(root, 'a/kept.yaml'));
  writeFileSync(join(root, 'untracked.yaml'), 'mine\n');
  writeFileSync(join(root, 'ignored'), 'mine\n');
  return { top, root, [Symbol.dispose]: () => rmSync(top, { recursive: true, force: true }) };
}

/** All that somebody would notice: work tree, index, branches, the branch one is on. */
const stateOf = (top: string) => ({
  status: git(top, 'status', '--porcelain=v2', '--branch', '--ignored', '--untracked-files=all'),
  index: git(top, 'ls-files', '--stage'),
  diff: git(top, 'diff'),
  main: git(top, 'rev-parse', 'main'),
});

const changes: Changes = {
  create: [{ path: 'c/new file "größe".yaml', text: 'new\n', before: undefined }],
  update: [{ path: 'b.yaml', text: 'changed\r\nas it is', before: 'old\n' }],
  delete: [{ path: 'a/gone.yaml', before: 'gone\n' }],
  refused: [],
};

const containing = (text: string): unknown => expect.stringContaining(text);

function refusal(run: () => unknown): MillraceError {
  try {
    run();
  } catch (error) {
    if (error instanceof MillraceError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

function commitChanges(root: string, { base, branch, message }: { readonly base: string; readonly branch: string; readonly message: string }): string {
  const plan = planBranch(root, { base, branch, changes });
  const commit = makeCommit(plan, message);
  makeBranch(plan, commit);
  return commit;
}

describe.each([
  ['the root', '.'],
  ['a folder', 'platform/streaming'],
])('a commit on a branch of its own, from %s of a repository', (_what, below) => {
  it('has the changes and nothing else, and leaves work tree, index and branch alone', () => {
    using repository = dirtyRepository(below);
    const { top, root } = repository;
    const before = stateOf(top);
    const base = headCommit(root);
    const message = 'Promote a to b\n\n# no comment\n- a list\n';
    const branch = 'promote/a-1.0.0-to-b';
    const commit = commitChanges(root, { base, branch, message });

    expect(stateOf(top)).toEqual(before);
    expect(git(top, 'rev-parse', branch, `${branch}^`)).toBe(`${commit}\n${base}\n`);
    expect(git(top, 'log', '-1', '--format=%an <%ae>|%B', branch)).toBe(`Ada <ada@acme.example>|${message}\n`);
    const prefix = below === '.' ? '' : `${below}/`;
    expect(git(top, 'diff', '--name-status', '--no-renames', '-z', 'main', branch).split('\0')).toEqual([
      `D`,
      `${prefix}a/gone.yaml`,
      'M',
      `${prefix}b.yaml`,
      'A',
      `${prefix}c/new file "größe".yaml`,
      '',
    ]);
    expect(git(top, 'show', `${branch}:${prefix}b.yaml`)).toBe('changed\r\nas it is');
    expect(readdirSync(join(top, '.git')).filter((name) => name.startsWith('millrace'))).toEqual([]);
  });
});

describe('a commit on a branch of its own', () => {
  it('is refused where the branch is there already, and that stays as it is', () => {
    using repository = dirtyRepository('.');
    const { root } = repository;
    const tree = git(root, 'rev-parse', 'HEAD^{tree}').trim();
    const other = git(root, 'commit-tree', tree, '-p', 'HEAD', '-m', 'other').trim();
    git(root, 'branch', 'promote/x', other);
    const before = stateOf(root);
    const base = headCommit(root);
    const error = refusal(() => commitChanges(root, { base, branch: 'promote/x', message: 'm' }));
    expect(error).toMatchObject({
      exitCode: 1,
      problems: [
        {
          message: 'the branch promote/x is there already, with something else',
          remedy: 'Merge it; if it was squashed, or you do not want it, remove it: git branch -D promote/x',
        },
      ],
    });
    expect(git(root, 'rev-parse', 'promote/x').trim()).toBe(other);
    expect(stateOf(root)).toEqual(before);
  });

  it('is refused where git does not know who commits, and says how to tell it', () => {
    using repository = dirtyRepository('.');
    const { root } = repository;
    const base = headCommit(root);
    for (const name of ['GIT_AUTHOR_NAME', 'GIT_AUTHOR_EMAIL', 'GIT_COMMITTER_NAME', 'GIT_COMMITTER_EMAIL', 'EMAIL']) vi.stubEnv(name, undefined);
    vi.stubEnv('HOME', '');
    // What a machine calls itself is nobody's identity; without this git may make one of it.
    git(root, 'config', 'user.useConfigOnly', 'true');
    const error = refusal(() => commitChanges(root, { base, branch: 'promote/x', message: 'm' }));
    expect(error.exitCode).toBe(1);
    expect(error.problems).toMatchObject([{ remedy: 'Tell git who you are: git config user.name "…" and git config user.email "…"' }]);
    expect(error.message).toMatch(/^git \S+ failed: fatal: /);
    expect(git(root, 'branch', '--list', 'promote/*')).toBe('');
    expect(readdirSync(join(root, '.git')).filter((name) => name.startsWith('millrace'))).toEqual([]);
  });

  it('is there already where the branch has the same on the same commit, and nothing else counts as the same', () => {
    using repository = dirtyRepository('.');
    const { root } = repository;
    const base = headCommit(root);
    const commit = commitChanges(root, { base, branch: 'promote/x', message: 'one message' });
    expect(planBranch(root, { base, branch: 'promote/x', changes }).state).toBe('there');
    expect(git(root, 'rev-parse', 'promote/x').trim()).toBe(commit);
    expect(refusal(() => planBranch(root, { base, branch: 'promote/x', changes: { ...changes, delete: [] } })).exitCode).toBe(1);
    git(root, 'stash', '--quiet', '--include-untracked');
    git(root, 'commit', '--quiet', '--allow-empty', '-m', 'meanwhile');
    expect(refusal(() => planBranch(root, { base: headCommit(root), branch: 'promote/x', changes })).exitCode).toBe(1);
  });

  it('has no branch before its last step', () => {
    using repository = dirtyRepository('.');
    const { root } = repository;
    const before = stateOf(root);
    makeCommit(planBranch(root, { base: headCommit(root), branch: 'promote/x', changes }), 'm');
    expect(git(root, 'branch', '--list', 'promote/*')).toBe('');
    expect(stateOf(root)).toEqual(before);
  });

  it('is refused where a branch of that name is merged, which may go', () => {
    using repository = dirtyRepository('.');
    const { root } = repository;
    git(root, 'branch', 'promote/x');
    git(root, 'commit', '--quiet', '--allow-empty', '-m', 'meanwhile');
    expect(refusal(() => commitChanges(root, { base: headCommit(root), branch: 'promote/x', message: 'm' })).problems).toEqual([
      { message: 'the branch promote/x is there already, and what it has is merged', remedy: 'Remove it: git branch -d promote/x' },
    ]);
    git(root, 'branch', '--quiet', '-d', 'promote/x');
    commitChanges(root, { base: headCommit(root), branch: 'promote/x', message: 'm' });
  });

  it('is refused before anything is made where a branch has the name of its folder', () => {
    using repository = dirtyRepository('.');
    const { root } = repository;
    git(root, 'branch', 'promote');
    expect(refusal(() => planBranch(root, { base: headCommit(root), branch: 'promote/x', changes })).problems).toEqual([
      { message: 'there is a branch promote, so git can have none that is called promote/x', remedy: 'Give it another name: git branch -m promote <name>' },
    ]);
  });

  it('that a hook refuses says so, in words that fit', () => {
    using repository = dirtyRepository('.');
    const { root } = repository;
    const plan = planBranch(root, { base: headCommit(root), branch: 'promote/x', changes });
    const commit = makeCommit(plan, 'm');
    writeFileSync(join(root, '.git/hooks/reference-transaction'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const { exitCode, problems } = refusal(() => {
      makeBranch(plan, commit);
    });
    expect(exitCode).toBe(1);
    expect(problems).toMatchObject([{ message: containing('hook'), remedy: containing('what a hook of this repository (reference-transaction) asks for') }]);
  });
});

describe('the commit that is promoted', () => {
  it.each([
    ['in a folder that is no repository', false],
    ['in a repository without a commit', true],
  ])('is not there %s', (_what, isRepository) => {
    const root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
    try {
      vi.stubEnv('GIT_CEILING_DIRECTORIES', dirname(root));
      if (isRepository) git(root, 'init', '--quiet', '-b', 'main');
      const error = refusal(() => headCommit(root));
      expect(error.problems).toMatchObject([{ remedy: 'Run inside a git repository with at least one commit.' }]);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});

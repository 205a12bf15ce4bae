import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { MillraceError } from '@millrace/model';
import type { Changes } from '@millrace/workspace';
import { execa } from 'execa';

/** A commit that was made, and the branch that points at it. */
export interface BranchCommit {
  readonly branch: string;
  readonly commit: string;
}

/** The commit at HEAD. Throws where there is no repository, or no commit yet. */
export async function headCommit(root: string): Promise<string> {
  return git(root, ['rev-parse', '--verify', 'HEAD^{commit}']);
}

/** Throws where a commit on a new branch cannot be made: the branch is there, or git does not know who commits. */
export async function canCommit(root: string, branch: string): Promise<void> {
  const { exitCode } = await execa('git', ['show-ref', '--verify', '--quiet', `refs/heads/${branch}`], { cwd: root, reject: false });
  if (exitCode === 0) {
    throw new MillraceError('refused', [
      { message: `the branch ${branch} is there already`, remedy: `Merge it, or remove it if you do not want it: git branch -D ${branch}` },
    ]);
  }
  await git(root, ['var', 'GIT_COMMITTER_IDENT']);
}

/** Declared and generated files whose state is not committed, by path from the root. */
export async function uncommitted(root: string): Promise<readonly string[]> {
  const status = await git(root, ['status', '--porcelain', '-z', '--no-renames', '--', 'millrace.yaml', 'apps', 'environments']);
  return status.split('\0').flatMap((entry) => (entry === '' ? [] : [entry.slice(3)]));
}

/**
 * Commits changes on top of a commit, on a branch of its own. Neither the work tree nor the index nor the current branch
 * is touched: the commit is built in a private index, and the branch appears at the very end or not at all.
 * Throws where the branch is there already, or git does not know who commits.
 */
export async function commitChanges(
  root: string,
  options: { readonly base: string; readonly branch: string; readonly message: string; readonly changes: Changes },
): Promise<BranchCommit> {
  const { base, branch, message, changes } = options;
  const reference = `refs/heads/${branch}`;
  await canCommit(root, branch);
  const prefix = await git(root, ['rev-parse', '--show-prefix']);
  const index = join(await git(root, ['rev-parse', '--absolute-git-dir']), `millrace-index-${randomUUID()}`);
  const env = { GIT_INDEX_FILE: index };
  try {
    await git(root, ['read-tree', base], { env });
    const entries: string[] = [];
    for (const { path, text } of [...changes.create, ...changes.update]) {
      const blob = await git(root, ['hash-object', '-w', '--stdin'], { input: text });
      entries.push(`100644 ${blob}\t${prefix}${path}`);
    }
    for (const { path } of changes.delete) entries.push(`0 ${'0'.repeat(base.length)}\t${prefix}${path}`);
    await git(root, ['update-index', '-z', '--index-info'], { env, input: entries.map((entry) => `${entry}\0`).join('') });
    const tree = await git(root, ['write-tree'], { env });
    const sign = (await execa('git', ['config', '--type=bool', '--get', 'commit.gpgsign'], { cwd: root, reject: false })).stdout === 'true';
    const commit = await git(root, ['commit-tree', tree, '-p', base, ...(sign ? ['-S'] : []), '-F', '-'], { input: message });
    await git(root, ['update-ref', reference, commit, '0'.repeat(base.length)]);
    return { branch, commit };
  } finally {
    await rm(index, { force: true });
  }
}

async function git(
  root: string,
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly input?: string } = {},
): Promise<string> {
  const { failed, stdout, stderr } = await execa('git', args, { cwd: root, reject: false, ...options });
  if (!failed) return stdout;
  const remedy = /tell me who you are|empty ident|no email was given/i.test(stderr)
    ? 'Tell git who you are: git config user.name "…" and git config user.email "…"'
    : args[0] === 'update-ref'
      ? 'Remove or rename the branch that is in the way.'
      : 'Run inside a git repository with at least one commit.';
  throw new MillraceError('refused', [
    { message: `git ${args[0] ?? ''} failed: ${stderr.split('\n').find((line) => line.startsWith('fatal:') || line.startsWith('error:')) ?? stderr}`, remedy },
  ]);
}

import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { refused } from '@millrace/model';
import { askGit, git, type Changes } from '@millrace/workspace';

/** A commit on a branch of its own, before there is either. */
export interface BranchPlan {
  readonly root: string;
  readonly branch: string;
  /** The commit on top of which it goes. */
  readonly base: string;
  /** Git's name of what the files are with the changes. */
  readonly tree: string;
  /** `there`: the branch has just these changes on just this base, so there is nothing to do. */
  readonly state: 'new' | 'there';
}

/**
 * Plans a commit of changes. Neither the work tree nor the index nor any branch is touched: what the files will be is kept in a
 * private index and in objects that nothing refers to yet. Throws where the branch is there with something else, where another is in
 * its way, and where git does not know who commits.
 */
export function planBranch(root: string, { base, branch, changes }: { readonly base: string; readonly branch: string; readonly changes: Changes }): BranchPlan {
  const tree = treeWith(root, base, changes);
  const there = askGit(root, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`]);
  if (there !== undefined) {
    if (git(root, ['show', '--no-patch', '--format=%T %P', there]) === `${tree} ${base}`) return { root, branch, base, tree, state: 'there' };
    throw refused(`the branch ${branch} is there already, with something else`, `Merge it, or remove it if you do not want it: git branch -D ${branch}`);
  }
  git(root, ['var', 'GIT_COMMITTER_IDENT'], { remedy: 'Tell git who you are.' });
  return { root, branch, base, tree, state: 'new' };
}

/** Makes the commit; nothing refers to it before `makeBranch`. Gives its name. Throws where git cannot, as where it cannot sign. */
export function makeCommit({ root, base, tree }: BranchPlan, message: string): string {
  const sign = askGit(root, ['config', '--type=bool', '--get', 'commit.gpgsign']) === 'true';
  return git(root, ['commit-tree', tree, '-p', base, ...(sign ? ['-S'] : []), '-F', '-'], {
    input: message,
    remedy: 'Correct what git names, then run the command again.',
  });
}

/** Lets the branch point at the commit: the last step, and one that git does wholly or not at all. */
export function makeBranch({ root, branch, base }: BranchPlan, commit: string): void {
  git(root, ['update-ref', `refs/heads/${branch}`, commit, noObject(base)], { remedy: 'Remove or rename the branch that is in the way.' });
}

/** The tree of a commit with changes on top, built in an index of its own. */
function treeWith(root: string, base: string, changes: Changes): string {
  const prefix = git(root, ['rev-parse', '--show-prefix']);
  const index = join(git(root, ['rev-parse', '--absolute-git-dir']), `millrace-index-${randomUUID()}`);
  const env = { GIT_INDEX_FILE: index };
  const remedy = 'Correct what git names, then run the command again.';
  try {
    git(root, ['read-tree', base], { env, remedy });
    const entries = [
      ...[...changes.create, ...changes.update].map(
        ({ path, text }) => `100644 ${git(root, ['hash-object', '-w', '--stdin'], { input: text, remedy })}\t${prefix}${path}`,
      ),
      ...changes.delete.map(({ path }) => `0 ${noObject(base)}\t${prefix}${path}`),
    ];
    git(root, ['update-index', '-z', '--index-info'], { env, remedy, input: entries.map((entry) => `${entry}\0`).join('') });
    return git(root, ['write-tree'], { env, remedy });
  } finally {
    rmSync(index, { force: true });
  }
}

/** What git writes where there is no object: zeros, as many as a name has here. */
function noObject(name: string): string {
  return '0'.repeat(name.length);
}

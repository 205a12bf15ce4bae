import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { refused, type MillraceError } from '@millrace/model';
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
  const there = tipOf(root, branch);
  if (there !== undefined) {
    if (git(root, ['show', '--no-patch', '--format=%T %P', there]) === `${tree} ${base}`) return { root, branch, base, tree, state: 'there' };
    throw inTheWay(root, branch, there, base);
  }
  const [above] = foldersOf(branch).filter((folder) => tipOf(root, folder) !== undefined);
  if (above !== undefined) {
    throw refused(`there is a branch ${above}, so git can have none that is called ${branch}`, `Give it another name: git branch -m ${above} <name>`);
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
  git(root, ['update-ref', `refs/heads/${branch}`, commit, noObject(base)], {
    remedy: 'Correct what git names: a branch that is in the way, or what a hook of this repository (reference-transaction) asks for.',
  });
}

function tipOf(root: string, branch: string): string | undefined {
  return askGit(root, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`]);
}

/** What to say of a branch of that name that has something else: one that is merged has served its purpose. */
function inTheWay(root: string, branch: string, tip: string, base: string): MillraceError {
  // Git answers with its exit code.
  if (askGit(root, ['merge-base', '--is-ancestor', tip, base]) !== undefined) {
    return refused(`the branch ${branch} is there already, and what it has is merged`, `Remove it: git branch -d ${branch}`);
  }
  return refused(
    `the branch ${branch} is there already, with something else`,
    `Merge it; if it was squashed, or you do not want it, remove it: git branch -D ${branch}`,
  );
}

/** What git has as folders above a branch: `promote` of `promote/orders-1.0.0-to-prod`. A branch of that name takes their place. */
function foldersOf(branch: string): readonly string[] {
  const parts = branch.split('/');
  return parts.slice(1).map((_part, index) => parts.slice(0, index + 1).join('/'));
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

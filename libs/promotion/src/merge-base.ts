import { misused } from '@millrace/model';
import { askGit, git } from '@millrace/workspace';

/**
 * The commit at which a line of work left another: what was committed to `base` since then is not part of it. Throws a
 * usage error where one of them is no commit here, or they have nothing in common.
 */
export function mergeBase(root: string, base: string, head: string): string {
  // What is no repository, or no git at all, is told apart from a commit that is not there.
  git(root, ['rev-parse', '--git-dir']);
  for (const commit of [base, head]) {
    if (askGit(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}^{commit}`]) === undefined) {
      throw misused(`git knows no commit ${commit} here`, 'Name a branch, a tag or a commit (--base, --head), or fetch it first: git fetch origin');
    }
  }
  const found = askGit(root, ['merge-base', '--end-of-options', base, head]);
  if (found !== undefined) return found;
  throw misused(`${base} and ${head} have no commit in common`, 'Fetch the whole history: git fetch --unshallow (in GitHub Actions: fetch-depth: 0).');
}

import { MillraceError } from '@millrace/model';
import { execa } from 'execa';

/**
 * The commit at which a line of work left another: what was committed to `base` since then is not part of it. Throws a
 * usage error where one of them is no commit here, or they have nothing in common.
 */
export async function mergeBase(root: string, base: string, head: string): Promise<string> {
  for (const commit of [base, head]) {
    const { failed } = await execa('git', ['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}^{commit}`], { cwd: root, reject: false });
    if (failed) {
      throw new MillraceError('usage', [
        { message: `git knows no commit ${commit} here`, remedy: 'Name a branch, a tag or a commit (--base, --head), or fetch it first: git fetch origin' },
      ]);
    }
  }
  const { failed, stdout } = await execa('git', ['merge-base', '--end-of-options', base, head], { cwd: root, reject: false });
  if (!failed) return stdout.trim();
  throw new MillraceError('usage', [
    { message: `${base} and ${head} have no commit in common`, remedy: 'Fetch the whole history: git fetch --unshallow (in GitHub Actions: fetch-depth: 0).' },
  ]);
}

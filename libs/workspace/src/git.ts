import { execaSync } from 'execa';

/** Files that git has in conflict below a folder; none where git is not at hand or the folder is no repository. */
export function unmergedFiles(root: string): ReadonlySet<string> {
  const { failed, stdout } = execaSync('git', ['diff', '--name-only', '--diff-filter=U', '--relative', '-z'], { cwd: root, reject: false });
  return new Set(failed ? [] : stdout.split('\0').filter((path) => path !== ''));
}

import { askGit } from './git.js';

/** Files that git has in conflict below a folder; none where git is not at hand or the folder is no repository. */
export function unmergedFiles(root: string): ReadonlySet<string> {
  const paths = askGit(root, ['diff', '--name-only', '--diff-filter=U', '--relative', '-z'])?.split('\0') ?? [];
  return new Set(paths.filter((path) => path !== ''));
}

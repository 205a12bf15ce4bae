import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';

// More than these make no command line.
const mostPaths = 100;

/**
 * What git ignores under some folders of a repository: what a build has written is nobody's manifest.
 * @param root the repository's root, absolute
 * @param folders from the root
 * @returns whether a path is ignored; none is where there is no git
 */
export function ignoredBy(root: string, folders: readonly string[]): (path: string) => boolean {
  if (folders.length === 0 || !existsSync(join(root, '.git'))) return () => false;
  const under = folders.length > mostPaths ? [] : folders;
  try {
    const list = execFileSync('git', ['ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z', '--', ...under], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 256 * 1024 * 1024,
    });
    const ignored = new Set(list.split('\0').map((path) => path.replace(/\/$/, '')));
    return (path) => {
      for (let at = path; at !== '.' && at !== '/'; at = posix.dirname(at)) if (ignored.has(at)) return true;
      return false;
    };
  } catch {
    return () => false;
  }
}

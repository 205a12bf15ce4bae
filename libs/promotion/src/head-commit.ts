import { MILLRACE_FILE } from '@millrace/model';
import { git } from '@millrace/workspace';

/** The commit at HEAD. Throws a usage error where there is no repository, or no commit yet. */
export function headCommit(root: string): string {
  return git(root, ['rev-parse', '--verify', 'HEAD^{commit}']);
}

/** Declared and generated files whose state is not committed, by path from the root of the git repository. */
export function uncommitted(root: string): readonly string[] {
  const status = git(root, ['status', '--porcelain', '-z', '--no-renames', '--', MILLRACE_FILE, 'apps', 'environments']);
  return status.split('\0').flatMap((entry) => (entry === '' ? [] : [entry.slice(3)]));
}

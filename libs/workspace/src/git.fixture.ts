import { execFileSync } from 'node:child_process';

/** git in a folder, by somebody who needs no configuration and has none. Gives what it printed. Throws where it fails. */
export function git(root: string, ...args: readonly string[]): string {
  const environment = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const identity = { GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@acme.example', GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@acme.example' };
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', env: { ...process.env, ...environment, ...identity }, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Makes the folder a git repository and commits all that is in it. Gives the commit. */
export function committed(root: string): string {
  git(root, 'init', '--quiet', '-b', 'main');
  return commitAll(root);
}

/** Commits all that is in the work tree. Gives the commit. */
export function commitAll(root: string): string {
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--allow-empty', '-m', 'change');
  return git(root, 'rev-parse', 'HEAD').trim();
}

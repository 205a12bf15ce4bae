import { existsSync } from 'node:fs';

import { MillraceError, misused, refused } from '@millrace/model';
import { execaSync } from 'execa';

/** What a call of git has beside its arguments. */
export interface GitCall {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What to do where git refuses what was asked, where that is no mistake of usage. */
  readonly remedy?: string;
  /** How many bytes it may print. */
  readonly most?: number;
}

/** Lists of paths are long in a large repository; contents say beforehand how long they are. */
const MOST = 1024 * 1024 * 1024;

/**
 * What git prints, run in a folder, without the line end behind it. Throws a usage error where there is no such folder or no git, and
 * outside of a repository; where git refuses, an error with git's own words: refused where the call has a remedy, else usage.
 */
export function git(root: string, args: readonly string[], call: GitCall = {}): string {
  return decode(gitBytes(root, args, call)).replace(/\r?\n$/, '');
}

/** The same as bytes, all of them. */
export function gitBytes(root: string, args: readonly string[], call: GitCall = {}): Uint8Array {
  const result = run(root, args, call);
  if (!result.failed) return result.stdout;
  const said = decode(result.stderr);
  const first = said.split('\n').find((line) => line.startsWith('fatal:') || line.startsWith('error:')) ?? said.trim();
  const message = `git ${args[0] ?? ''} failed: ${first === '' ? result.shortMessage : first}`;
  if (/tell me who you are|empty ident|no email was given/i.test(said)) {
    throw refused(message, 'Tell git who you are: git config user.name "…" and git config user.email "…"');
  }
  if (call.remedy !== undefined && !/not a git repository/.test(said)) throw refused(message, call.remedy);
  throw misused(message, 'Run inside a git repository with at least one commit.');
}

/** What git prints; undefined where it refuses, or is not there to be asked. Throws where it does not trust the folder. */
export function askGit(root: string, args: readonly string[]): string | undefined {
  const result = spawn(root, args, {});
  return result.failed ? undefined : decode(result.stdout).replace(/\r?\n$/, '');
}

function run(root: string, args: readonly string[], call: GitCall) {
  const result = spawn(root, args, call);
  if (!result.failed || result.exitCode !== undefined) return result;
  if (!existsSync(root)) throw new MillraceError('usage', [{ file: root, message: 'there is no such folder', remedy: 'Name a folder that is there.' }]);
  if (result.code === 'ENOENT') {
    throw misused('git is not installed', 'Install it: what is committed is read and written by git.');
  }
  return result;
}

/** Git tells a hook by these where its repository is. The one that is meant here is the one around the folder. */
const NOWHERE_ELSE = { GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_COMMON_DIR: undefined, GIT_INDEX_FILE: undefined, GIT_PREFIX: undefined };

function spawn(root: string, args: readonly string[], { input, env, most = MOST }: GitCall) {
  const result = execaSync('git', args, {
    cwd: root,
    encoding: 'buffer',
    reject: false,
    stripFinalNewline: false,
    maxBuffer: most,
    ...(input === undefined ? {} : { input }),
    // Git's words are read here: in one language, whatever the user's is.
    env: { ...NOWHERE_ELSE, LC_ALL: 'C', ...env },
  });
  if (result.failed) needTrust(decode(result.stderr));
  return result;
}

/** Throws where git keeps away from a repository because its folder is another user's: there is one, so nothing is to be done as if there were none. */
function needTrust(said: string): void {
  const remedy = /git config --global --add safe\.directory .+/.exec(said)?.[0];
  if (remedy === undefined) return;
  throw new MillraceError('usage', [
    { message: "git reads nothing here: the repository's folder is another user's", remedy: `If you trust what is in it: ${remedy}` },
  ]);
}

const decoder = new TextDecoder();

/** Bytes as text; what is no UTF-8 is replaced. */
export function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

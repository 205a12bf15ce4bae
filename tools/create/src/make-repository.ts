import { mkdirSync, readdirSync, renameSync, rmdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { MillraceError, refused } from '@millrace/model';
import { applyChanges, type Changes } from '@millrace/workspace';
import { execa } from 'execa';

import { untilSignal } from './interrupt.js';
import { clearLeftovers, temporaryFolder } from './leftovers.js';
import type { Install } from './package-manager.js';

export interface Making {
  readonly install: Install | undefined;
  readonly git: { readonly branch: string; readonly message: string } | undefined;
  readonly tell: (line: string) => void;
}

/** Throws where there is something at a path already; an empty folder is nothing. */
export function checkFree(target: string): void {
  const there = statSync(target, { throwIfNoEntry: false });
  if (there === undefined) return;
  const entries = there.isDirectory() ? readdirSync(target).sort() : undefined;
  if (entries?.length === 0) return;
  const more = (entries?.length ?? 0) - 5;
  const what = entries === undefined ? 'it is a file' : `it has ${entries.slice(0, 5).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  throw new MillraceError('refused', [
    {
      file: basename(target),
      message: `there is something of this name already: ${what}`,
      remedy: 'Choose another name, or make what is there a Millrace repository: npx millrace init --repository <URL>',
    },
  ]);
}

/**
 * Makes the repository beside its place, under a temporary name, and moves it there as the last step: whatever fails or
 * is interrupted before leaves nothing. Throws a MillraceError; after a signal the process ends by that signal.
 */
export async function makeRepository(target: string, changes: Changes, { install, git, tell }: Making): Promise<void> {
  if (git !== undefined) await checkGit();
  await clearLeftovers(target, tell);
  const folder = temporaryFolder(target);
  try {
    mkdirSync(folder);
  } catch (error) {
    throw refused(`nothing can be made in ${dirname(target)}: ${messageOf(error)}`, 'Change into a folder in which you may write.');
  }
  await untilSignal(async (interrupted) => {
    try {
      applyChanges(folder, changes);
      tell(`${changes.create.length} files`);
      if (install !== undefined) await installPackages(folder, install, interrupted, tell);
      if (git !== undefined) await commitAll(folder, git, interrupted, tell);
      interrupted.throwIfAborted();
      moveTo(folder, target);
    } finally {
      // After the move there is nothing of this name. A package manager that was stopped may write its last file just now.
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    }
  });
}

async function installPackages(folder: string, { program, args, env }: Install, interrupted: AbortSignal, tell: Making['tell']): Promise<void> {
  const said = `${program} ${args[0] ?? ''}`;
  tell(`${said} …`);
  const start = Date.now();
  const result = await execa(program, args, { cwd: folder, stdin: 'ignore', all: true, env, reject: false, cancelSignal: interrupted });
  if (!result.failed) {
    tell(`packages, in ${Math.round((Date.now() - start) / 1000)} s`);
    return;
  }
  if (result.isCanceled) throw new Error(`${said} was interrupted`);
  const lines = result.all.split('\n').filter((line) => line.trim() !== '');
  throw refused(
    `${said} failed, and nothing was made${
      lines.length === 0
        ? `: ${result.shortMessage}`
        : ` (${result.exitCode ?? result.shortMessage}):\n${lines
            .slice(-12)
            .map((line) => `      ${line}`)
            .join('\n')}`
    }`,
    `Is the registry reachable? Run it again when it is, or make the repository without its packages: --skip-install`,
  );
}

/** git must be there and know who commits, before anything is begun. */
async function checkGit(): Promise<void> {
  const { failed, exitCode } = await execa('git', ['var', 'GIT_COMMITTER_IDENT'], { reject: false, stdin: 'ignore' });
  if (!failed) return;
  if (exitCode === undefined) throw refused('git is not installed', 'Install it, or make the files alone: --skip-git');
  throw refused(
    'git does not know who you are, so there could be no first commit',
    'Tell it: git config --global user.name "…" and git config --global user.email "…"; or make the files alone: --skip-git',
  );
}

async function commitAll(
  folder: string,
  { branch, message }: { branch: string; message: string },
  interrupted: AbortSignal,
  tell: Making['tell'],
): Promise<void> {
  for (const args of [
    ['init', '--quiet', '--initial-branch', branch],
    ['add', '--all'],
    ['commit', '--quiet', '--message', message],
  ]) {
    const { failed, isCanceled, all } = await execa('git', args, { cwd: folder, stdin: 'inherit', all: true, reject: false, cancelSignal: interrupted });
    if (isCanceled) throw new Error('git was interrupted');
    if (failed) throw refused(`git ${args[0] ?? ''} failed, and nothing was made: ${all}`, 'Correct what git names, or make the files alone: --skip-git');
  }
  tell('first commit');
}

function moveTo(folder: string, target: string): void {
  try {
    if (statSync(target, { throwIfNoEntry: false }) !== undefined) rmdirSync(target);
    renameSync(folder, target);
  } catch (error) {
    throw refused(`${join(target)} was made by somebody else meanwhile: ${messageOf(error)}`, 'Choose another name.');
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

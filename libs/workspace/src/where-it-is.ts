import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { MILLRACE_FILE, type Problem } from '@millrace/model';

import type { Command } from './command.js';
import { askGit } from './git/git.js';

/** Options as they were given and found, and what to say of those that were found. */
export interface Found {
  readonly options: Readonly<Record<string, unknown>>;
  readonly notices: readonly Problem[];
}

/**
 * The options of a command with what its folder says beside: a repository that begins in a folder of a git repository is that folder of
 * it, for Argo CD clones the whole. A path that somebody gave, or that is declared already, stays.
 */
export function whereItIs(command: Command, root: string, options: Readonly<Record<string, unknown>>): Found {
  if (command.needs !== 'nothing' || options['path'] !== undefined || existsSync(join(root, MILLRACE_FILE))) return { options, notices: [] };
  const path = askGit(root, ['rev-parse', '--show-prefix'])?.replace(/\/$/, '') ?? '';
  if (path === '') return { options, notices: [] };
  return {
    options: { ...options, path },
    notices: [
      {
        file: MILLRACE_FILE,
        message: `this is the folder ${path} of its git repository, so repository.path says that`,
        remedy: 'Where the git repository that Argo CD clones begins elsewhere, say it: millrace init --path <folder>',
      },
    ],
  };
}

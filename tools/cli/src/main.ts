import { MillraceError } from '@millrace/model';
import { refreshRelease } from '@millrace/promotion';
import { editCommands, millraceVersion, repositoryAround } from '@millrace/workspace';
import { Command as Program, CommanderError, InvalidArgumentError } from 'commander';

import { addCheck } from './check.js';
import { addDiff } from './diff.js';
import { addEditCommand } from './edit.js';
import { addPromote } from './promote.js';
import { addRender } from './render.js';
import { report } from './report.js';
import { addSchemas } from './schemas.js';
import { addSync } from './sync.js';
import { terminal } from './terminal.js';

/**
 * Runs the command line. Gives the exit code: 0 fine, 1 findings or refused, 2 usage or unreadable.
 * `argv` is what follows the program's name.
 */
export async function main(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = commandLine((code) => void (exitCode = code));
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has printed its own; help and version end with 0.
    if (error instanceof CommanderError && !(error instanceof InvalidArgumentError)) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof MillraceError) {
      report(error.problems);
      return error.exitCode;
    }
    terminal.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 2;
  }
}

/** The program with all its commands. `finish` is told the exit code of one that ends with findings. */
export function commandLine(finish: (exitCode: number) => void): Program {
  const program = new Program('millrace')
    .description('Makes and keeps GitOps repositories for streaming platforms')
    .version(millraceVersion(), '-V, --version', 'Print the version')
    .helpOption('-h, --help', 'Print this')
    .helpCommand('help [command]', 'Print the help of a command')
    .option('-C, --directory <folder>', 'Run as if started in this folder', '.')
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  const folder = () => String(program.opts()['directory'] ?? '.');
  const context = { folder, root: () => repositoryAround(folder()) ?? folder(), finish };

  for (const command of [...editCommands, refreshRelease]) addEditCommand(program, command, context);
  addPromote(program, context);
  addSync(program, context);
  addRender(program, context);
  addDiff(program, context);
  addCheck(program, context);
  addSchemas(program, context);
  return program;
}

/** What every command of the command line is given. */
export interface Context {
  /** The folder that the command was started in, or as if: what is typed is relative to it. */
  readonly folder: () => string;
  /** The Millrace repository around that folder; the folder itself where there is none. */
  readonly root: () => string;
  readonly finish: (exitCode: number) => void;
}

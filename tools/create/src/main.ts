import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { fieldOf, MillraceError } from '@millrace/model';
import {
  memoryFiles,
  millraceVersion,
  newRepository,
  newRepositorySettings,
  planNewRepository,
  typedTo,
  type NewRepositorySettings,
} from '@millrace/workspace';
import { Command as Program, CommanderError } from 'commander';
import { addOptions, askForChoices, report, reportChanges, terminal, typedOptions } from 'millrace/front-end';

import { checkFree, makeRepository } from './make-repository.js';
import { checkNotNested, folderOfOuterRepository } from './outer-repository.js';
import { installCommand, packageManagerOf } from './package-manager.js';

/** What the name is where nobody says one. */
export const NAME = 'my-platform';

/**
 * Makes a new repository. Gives the exit code: 0 made, 1 refused or failed, 2 usage. `argv` is what follows the program's
 * name. Where something fails on the way, nothing of it is left.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const program = creator();
  program.action(async () => {
    const flags = program.opts<Flags>();
    const typed = typedOptions(program, newRepository);
    const settings = await settingsOf(typed, flags);
    const changes = planNewRepository(memoryFiles(new Map()), settings, nxVersion());
    if (flags.dryRun === true) {
      reportChanges(changes, 'planned');
      return;
    }
    terminal.info(
      `\n${terminal.paintInfo('bold', `Making ${settings.name}`)} ${terminal.paintInfo('dim', `(${settings.environments.join(' → ')}, ${settings.packageManager})`)}`,
    );
    await makeRepository(resolve(settings.name), changes, {
      install: flags.skipInstall === true ? undefined : installCommand(settings.packageManager),
      git:
        flags.skipGit === true
          ? undefined
          : { branch: settings.branch, message: `A repository for a streaming platform, as create-millrace ${millraceVersion()} makes it` },
      tell: (line) => terminal.info(`  ${line}`),
    });
    tellNext(settings, typed, flags);
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has printed its own; help and version end with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof MillraceError)) throw error;
    report(error.problems);
    return error.exitCode;
  }
}

/** The program with its flags, and nothing that it does. */
export function creator(): Program {
  const program = new Program('create-millrace')
    .description(newRepository.summary)
    .version(millraceVersion(), '-V, --version', 'Print the version')
    .helpOption('-h, --help', 'Print this')
    .option('-y, --yes', 'Ask nothing: take the default of whatever no flag says')
    .option('--dry-run', 'Show what would be written, and write nothing')
    .option('--skip-install', 'Do not install the packages')
    .option('--skip-git', 'Make no git repository')
    .showSuggestionAfterError()
    .exitOverride();
  addOptions(program, newRepository);
  return program;
}

interface Flags {
  readonly packageManager?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly skipInstall?: boolean;
  readonly skipGit?: boolean;
}

/** Typed, asked or default; what cannot be is refused before anything is asked. */
async function settingsOf(typed: Readonly<Record<string, unknown>>, flags: Flags): Promise<NewRepositorySettings> {
  const { yes, dryRun } = flags;
  const packageManager = await packageManagerOf(flags.packageManager);
  // Before it asks: what was typed so far, and the defaults.
  const { name } = newRepositorySettings({ name: NAME, ...typed, packageManager });
  if (dryRun !== true && typed['name'] !== undefined) checkPlace(resolve(name), flags);
  const asked = yes === true ? typed : await askForChoices(newRepository, typed, { defaultOf, help: 'npm create millrace -- --help' });
  const settings = newRepositorySettings({ name: NAME, ...asked, packageManager });
  if (dryRun !== true) checkPlace(resolve(settings.name), flags);
  return settings;
}

/** Throws where the repository cannot be made at a path. */
function checkPlace(target: string, { skipGit }: Flags): void {
  checkFree(target);
  if (skipGit !== true) checkNotNested(target);
}

/** The default of an option as somebody would type it. */
function defaultOf(option: string, answers: Readonly<Record<string, unknown>>): string {
  const { clusters: _none, ...rest } = answers;
  const defaults = newRepositorySettings({ name: NAME, ...rest });
  const value = fieldOf(defaults, option);
  return Array.isArray(value) ? value.join(',') : typeof value === 'string' ? value : '';
}

function tellNext(settings: NewRepositorySettings, typed: Readonly<Record<string, unknown>>, flags: Flags): void {
  const { name, repository, branch } = settings;
  const { install, run } = typedTo(settings);
  const folder = folderOfOuterRepository(resolve(name));
  const intoGit = folder === undefined ? `git init --initial-branch ${branch}` : `${run} millrace init --repository ${repository} --path ${folder}`;
  const lines = [
    `cd ${name}`,
    ...(flags.skipInstall === true ? [install] : []),
    ...(flags.skipGit === true ? [intoGit] : []),
    `${run} nx run-many -t render,check`,
  ];
  terminal.out(`\n${terminal.paint('green', 'Ready.')} ${name}/README.md says how to go on; it begins with`);
  for (const line of lines) terminal.out(`  ${line}`);
  if (typed['repository'] !== undefined || repository !== newRepositorySettings({ name }).repository) return;
  terminal.info(
    `\n${terminal.paint('yellow', 'note')} Argo CD would clone ${repository}, which is made up.\n      Say where it will be: ${run} millrace init --repository <URL>`,
  );
}

/** The Nx that Millrace is developed with, by this package's manifest. */
function nxVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return String(fieldOf(manifest, 'devDependencies', 'nx'));
}

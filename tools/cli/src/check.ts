import { statSync } from 'node:fs';
import { resolve } from 'node:path';

import { newestPlatform, platformNames, type PlatformName } from '@millrace/model';
import { Option as Flag, type Command as Program } from 'commander';

import { addExamples } from './examples.js';
import type { Context } from './main.js';

/** How findings are told. */
export const FORMATS = ['pretty', 'json', 'sarif', 'github'] as const;

/** What the command line says to `check`. */
export interface CheckFlags {
  readonly format: (typeof FORMATS)[number];
  readonly explain?: string;
  readonly platform?: PlatformName;
  readonly cache: boolean;
}

/** Checks manifests and overlays, of a Millrace repository or any other. */
export function addCheck(program: Program, context: Context): void {
  const sub = program
    .command('check')
    .description('Say what the API server, the operators and Argo CD would say, before the merge')
    .argument(
      '[paths...]',
      'Files, folders, Kustomize overlays, or - for standard input (default: environments and apps of a Millrace repository, else this folder)',
    )
    .addOption(new Flag('--format <format>', 'How to report').choices(FORMATS).default('pretty'))
    .addOption(
      new Flag('--platform <set>', `The versions to check against (default: those of each environment; ${newestPlatform} where there is none)`).choices(
        platformNames,
      ),
    )
    .option('--explain <rule>', 'Explain a rule, and check nothing')
    .option('--no-cache', 'Build every overlay anew')
    .addHelpText('after', '\nExit codes: 0 no errors, 1 errors, 2 something could not be read.');
  addExamples(sub, [
    'millrace check',
    'millrace check environments/prod',
    'millrace check ./manifests --format sarif > check.sarif',
    'helm template . | millrace check -',
    'millrace check --explain flink/upgrade-mode',
  ]);
  sub.action(async (paths: readonly string[]) => {
    // One file is soon checked: most of the time goes into loading, side by side where it can be.
    if (paths.length === 1 && paths[0] !== undefined && isFile(resolve(context.folder(), paths[0]))) (await import('@millrace/apiserver')).unpackAhead();
    // The rules are many files: other commands need not wait for them.
    const { runCheck } = await import('./run-check.js');
    await runCheck(context, paths, sub.opts<CheckFlags & Record<string, unknown>>());
  });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

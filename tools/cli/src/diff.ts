import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import type { Paint } from '@millrace/check';
import { startQuickly } from '@millrace/kustomize';
import { refused } from '@millrace/model';
import { byEnvironment, differencesComment, mergeBase, repositoryDifferences, summary, type Difference, type RepositoryDifferences } from '@millrace/promotion';
import { diskFiles, needMillrace, readWorkspace, refuseSparse } from '@millrace/workspace';
import { InvalidArgumentError, Option as Flag, type Command as Program } from 'commander';

import { addExamples } from './examples.js';
import type { Context } from './main.js';
import { report } from './report.js';
import { startOn } from './start-on.js';
import { terminal } from './terminal.js';

/** Says what a change would do to the clusters, rendered. */
export function addDiff(program: Program, context: Context): void {
  const sub = program
    .command('diff')
    .description('Show what a change would do to the clusters: rendered overlays before and after it')
    .option('--base <commit>', 'What to compare with, where the change left it (default: origin/ and the branch that Argo CD follows)')
    .option('--head <commit>', 'The change (default: the files as they are)')
    .addOption(new Flag('--format <format>', 'How to tell it').choices(['text', 'markdown']).default('text'))
    .addOption(new Flag('--limit <characters>', 'With markdown: how long it may become, for a comment').default(60_000).argParser(limit))
    .option('--output <file>', 'Write it to a file');
  addExamples(sub, ['millrace diff', 'millrace diff --base main --head my-branch', 'millrace diff --format markdown --output dist/differences.md']);
  sub.action(async () => {
    const root = resolve(context.root());
    const { head, format, limit, output, ...flags } = sub.opts<DiffFlags>();
    startOn(root, 'reads');
    if (head === undefined) refuseSparse(root);
    const files = needMillrace(diskFiles(root));
    const base = flags.base ?? `origin/${readWorkspace(files).millrace.value.repository.branch}`;
    startQuickly();
    const start = mergeBase(root, base, head ?? 'HEAD');
    const found = await repositoryDifferences(
      { kind: 'commit', root, commit: start },
      head === undefined ? { kind: 'folder', root } : { kind: 'commit', root, commit: head },
    );
    const again = `npx millrace diff --base ${base}${head === undefined ? '' : ` --head ${head}`}`;
    const text =
      format === 'markdown' ? differencesComment(found, limit, again) : inText(found, output === undefined ? terminal.paint : (_format, plain) => plain);
    if (output === undefined) process.stdout.write(text);
    else writeTo(resolve(context.folder(), output), text);
    if (found.failed.length + found.replaced.length === 0) return;
    report(found.replaced);
    report(found.failed.map(({ overlay, message }) => ({ file: overlay, message, remedy: 'Correct the file that is named, then run millrace sync.' })));
    context.finish(1);
  });
}

interface DiffFlags {
  readonly base?: string;
  readonly head?: string;
  readonly format: 'text' | 'markdown';
  readonly limit: number;
  readonly output?: string;
}

function limit(value: string): number {
  if (/^\d+$/.test(value) && Number(value) >= 2000) return Number(value);
  throw new InvalidArgumentError('expected 2000 characters or more');
}

const MARKS = {
  added: { color: 'green', mark: '+' },
  removed: { color: 'red', mark: '-' },
  changed: { color: 'yellow', mark: '~' },
} as const satisfies Readonly<Record<Difference['kind'], unknown>>;

function inText({ differences }: RepositoryDifferences, paint: Paint): string {
  if (differences.length === 0) return 'Nothing changes in any cluster.\n';
  const lines = differences.flatMap(({ kind, what, where, diff, loses }) => [
    `${paint(MARKS[kind].color, MARKS[kind].mark)} ${paint('bold', what)}${what === where ? '' : `  ${paint('dim', where)}`}`,
    ...(loses === undefined ? [] : [`    ${paint('red', `deletes ${loses}`)}`]),
    ...diff.split('\n').map((line) => `    ${painted(line, paint)}`),
    '',
  ]);
  return [...lines, ...[...byEnvironment(differences)].map(([environment, found]) => `${environment}: ${summary(found)}`), ''].join('\n');
}

function painted(line: string, paint: Paint): string {
  if (line.startsWith('+')) return paint('green', line);
  if (line.startsWith('-')) return paint('red', line);
  return line.startsWith('@@') ? paint('dim', line) : line;
}

function writeTo(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
  } catch (error) {
    throw refused(`nothing was written: ${error instanceof Error ? error.message : String(error)}`, 'Name a file that can be written (--output).');
  }
  terminal.info(`Written to ${file}.`);
}

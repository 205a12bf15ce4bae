import type { Problem } from '@millrace/model';
import { consequences, isEmpty, summarize, type Changes, type Outcome } from '@millrace/workspace';

import { terminal } from './terminal.js';

/** Problems on standard error, place first, remedy beneath. */
export function report(problems: readonly Problem[]): void {
  for (const problem of problems) terminal.error(`${terminal.paintInfo('red', 'error')} ${inWords(problem)}`);
}

/** What is only worth knowing. */
export function reportNotices(notices: readonly Problem[]): void {
  for (const notice of notices) terminal.info(`${terminal.paintInfo('yellow', 'note')} ${inWords(notice)}`);
}

function inWords({ file, position, message, remedy }: Problem): string {
  const place = file === undefined ? '' : position === undefined ? `${file}: ` : `${file}:${position.line}:${position.column}: `;
  return `${terminal.paintInfo('bold', place)}${message}\n      ${remedy}`;
}

/** What changes would do to topics and running jobs, a line an environment. */
export function reportConsequences(outcome: Outcome): void {
  for (const line of consequences(outcome)) terminal.out(`${line}.`);
}

const COLORS: ReadonlyMap<string, 'green' | 'yellow' | 'red'> = new Map([
  ['A', 'green'],
  ['M', 'yellow'],
  ['D', 'red'],
] as const);

/**
 * The changes on standard output, a line each as `git status --short` has them, and a last line that counts them: what was done, what a
 * dry run would do, or what is wanted by somebody who only asked.
 */
export function reportChanges(changes: Changes, tense: 'done' | 'planned' | 'wanted'): void {
  if (isEmpty(changes)) {
    terminal.out('Nothing to change.');
    return;
  }
  for (const line of summarize(changes)) {
    const kind = line.slice(0, 1);
    const color = COLORS.get(kind);
    terminal.out(`${color === undefined ? kind : terminal.paint(color, kind)}${line.slice(1)}`);
  }
  const { create, update, delete: gone } = changes;
  const [made, changed, removed] = tense === 'wanted' ? ['to create', 'to update', 'to delete'] : ['created', 'updated', 'deleted'];
  terminal.out(
    `${create.length} ${made}, ${update.length} ${changed}, ${gone.length} ${removed}${tense === 'planned' ? ' (dry run: nothing was written)' : ''}`,
  );
}

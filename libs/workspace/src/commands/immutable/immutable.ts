import { MillraceError, quantityOf, type Declared, type Path } from '@millrace/model';

import { problemAt } from '../../rules/rule.js';

type Value = string | number | undefined;

/** A value of something that is there, what a command would make of it, and why it stays. */
export interface Kept {
  readonly path: Path;
  readonly now: Value;
  /** undefined: no flag names it. */
  readonly wanted: Value;
  readonly message: string;
  /** What to do instead. */
  readonly remedy: string;
}

/**
 * Refuses a command that would change values which an operator does not change in place, or only with loss, each at its place in the
 * declared file. A value that no flag names, or that stays as it is, is no change.
 */
export function keep(declared: Declared<unknown>, values: readonly Kept[]): void {
  const problems = values
    .filter(({ now, wanted }) => wanted !== undefined && wanted !== now)
    .map(({ path, message, remedy }) => problemAt(declared, path, message, remedy));
  if (problems.length > 0) throw new MillraceError('refused', problems);
}

/** What is wanted where that is less than what there is, as a number or a quantity; undefined where it is as much or more. */
export function lowered(now: string | number, wanted: string | number | undefined): string | number | undefined {
  if (wanted === undefined) return undefined;
  const [has, asks] = [now, wanted].map((value) => (typeof value === 'number' ? value : quantityOf(value)));
  return has !== undefined && asks !== undefined && asks < has ? wanted : undefined;
}

/** The way for what only the declaration knows yet. */
export function byHand(what: string): string {
  return `Where nothing runs yet, write ${what} by hand and run millrace sync.`;
}

import { MillraceError, misused, type Problem, type Workspace } from '@millrace/model';

import type { CommandPlan } from '../../command.js';
import type { History } from '../../history.js';

/** What `remove` was asked for, beside the kind of thing. */
export interface RemovalOptions {
  readonly name: string;
  readonly pipeline: string | undefined;
  readonly environment: string | undefined;
  /** What becomes of topics: Strimzi lets go of them; their declaration goes after that; or they go with their data. */
  readonly data: 'let-go' | 'finish' | 'delete';
}

/** How one kind of thing is removed. Throws a MillraceError where something else still needs it, or where it holds data. */
export type Removal = (workspace: Workspace, options: RemovalOptions, history: History) => CommandPlan;

/** The plan of a second run: it is gone already. */
export function goneAlready(what: string): CommandPlan {
  return { edits: [], notices: [{ message: `there is no ${what}`, remedy: 'Nothing is to be removed.' }] };
}

/** The refusal that names what stands in the way, each with its remedy. */
export function inTheWay(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new MillraceError('refused', problems);
}

/** The option that a kind needs. */
export function needed(kind: string, option: 'pipeline' | 'environment', value: string | undefined): string {
  if (value !== undefined) return value;
  throw misused(`remove ${kind} needs --${option}`, 'See: millrace remove --help');
}

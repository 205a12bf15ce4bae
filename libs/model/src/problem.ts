/** A place in a file a person can open: both count from one, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * One thing that keeps Millrace from going on, told so that its reader can act without asking:
 * where it is, what is wrong, and what to write or do instead.
 */
export interface Problem {
  /** Path from the repository's root, POSIX separators; absent where no file is to blame (a flag, a git state). */
  readonly file?: string;
  readonly position?: Position;
  /** What is wrong, in one sentence: what was expected and what came. */
  readonly message: string;
  /** What to do about it, in the imperative. */
  readonly remedy: string;
}

/**
 * Thrown where a command cannot go on. `refused` is the state of the repository or a value in it (exit code 1);
 * `usage` is the way the command was called, or a file that could not be read (exit code 2).
 */
export class MillraceError extends Error {
  override readonly name = 'MillraceError';

  constructor(
    readonly kind: 'refused' | 'usage',
    readonly problems: readonly Problem[],
  ) {
    super(problems.map(formatProblem).join('\n'));
  }

  /** What a process that ends with this error exits with. */
  get exitCode(): 1 | 2 {
    return this.kind === 'refused' ? 1 : 2;
  }
}

/** A refusal that has no place in a file (exit code 1). */
export function refused(message: string, remedy: string): MillraceError {
  return new MillraceError('refused', [{ message, remedy }]);
}

/** What is wrong with the way a command was called (exit code 2). */
export function misused(message: string, remedy: string): MillraceError {
  return new MillraceError('usage', [{ message, remedy }]);
}

/** A problem as plain text: `file:line:column: message`, and the remedy on a line of its own. */
export function formatProblem(problem: Problem): string {
  return `${formatPlace(problem)}${problem.message}\n    ${problem.remedy}`;
}

function formatPlace({ file, position }: Problem): string {
  if (file === undefined) return '';
  return position === undefined ? `${file}: ` : `${file}:${position.line}:${position.column}: `;
}

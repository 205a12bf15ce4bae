import type { Problem } from '@millrace/model';

/** A file to be written: its new text, and the one it had. */
export interface Write {
  readonly path: string;
  readonly text: string;
  readonly before: string | undefined;
}

/** What a command would do to the files, decided before anything is written. */
export interface Changes {
  readonly create: readonly Write[];
  readonly update: readonly Write[];
  readonly delete: readonly { readonly path: string; readonly before: string }[];
  /** What keeps the command from doing it: files that a person edited. Nothing may be written while this is not empty. */
  readonly refused: readonly Problem[];
}

export const NO_CHANGES: Changes = { create: [], update: [], delete: [], refused: [] };

/** Writes as changes: what is new, what becomes another, and nothing of what stays. */
export function asChanges(writes: readonly Write[]): Changes {
  const different = writes.filter(({ text, before }) => text !== before);
  return {
    ...NO_CHANGES,
    create: different.filter(({ before }) => before === undefined),
    update: different.filter(({ before }) => before !== undefined),
  };
}

/** The changes that undo changes which were made. */
export function reversed({ create, update, delete: gone }: Changes): Changes {
  return {
    ...NO_CHANGES,
    create: gone.map(({ path, before }) => ({ path, text: before, before: undefined })),
    update: update.flatMap(({ path, text, before }) => (before === undefined ? [] : [{ path, text: before, before: text }])),
    delete: create.map(({ path, text }) => ({ path, before: text })),
  };
}

/** Whether there is nothing to write; what was refused does not count. */
export function isEmpty(changes: Changes): boolean {
  return changes.create.length + changes.update.length + changes.delete.length === 0;
}

/** Every new text by path, null where a file goes. */
export function textsOf(changes: Changes): ReadonlyMap<string, string | null> {
  return new Map([
    ...[...changes.create, ...changes.update].map(({ path, text }): [string, string] => [path, text]),
    ...changes.delete.map(({ path }): [string, null] => [path, null]),
  ]);
}

/** A line a change, as git's short status has it, by path. What was refused is none. */
export function summarize(changes: Changes): readonly string[] {
  const lines = [
    ...changes.create.map(({ path }) => ({ path, letter: 'A' })),
    ...changes.update.map(({ path }) => ({ path, letter: 'M' })),
    ...changes.delete.map(({ path }) => ({ path, letter: 'D' })),
  ];
  return lines.sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ letter, path }) => `${letter} ${path}`);
}

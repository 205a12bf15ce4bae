import { randomUUID } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import { checksum, MillraceError } from '@millrace/model';

import type { Changes } from './changes.js';
import { guardOf, isMissing } from './files/inside.js';

/** Where a write in progress keeps its journal; listed in no git repository. */
const JOURNALS = '.millrace/writing';

interface Step {
  readonly path: string;
  /** SHA-256 of the text that is to be there; null where the file goes. */
  readonly after: string | null;
  /** Whether something was there, kept as a hard link beside the journal. */
  readonly existed: boolean;
}

/**
 * Writes all changes of a command or none. The new texts are first put beside the journal, then moved to their places
 * one rename each; whatever fails on the way is undone from the journal, at once or, after a kill, by `recover`.
 */
export function applyChanges(root: string, changes: Changes): void {
  if (changes.refused.length > 0) throw new MillraceError('refused', changes.refused);
  const guard = guardOf(root);
  const writes = [...changes.create, ...changes.update];
  const paths = [...writes.map(({ path }) => path), ...changes.delete.map(({ path }) => path)];
  if (paths.length === 0) return;
  for (const path of paths) guard(path);
  const meanwhile = [...changes.update, ...changes.delete].filter(({ path, before }) => before !== readText(join(root, path)));
  if (meanwhile.length > 0) {
    throw new MillraceError(
      'refused',
      meanwhile.map(({ path }) => ({ file: path, message: 'this file was changed while the command was at work', remedy: 'Run the command again.' })),
    );
  }

  const journal = join(root, JOURNALS, `${process.pid}-${randomUUID()}`);
  const steps = [
    ...writes.map(({ path, text }): Step => ({ path, after: checksum(text), existed: existsSync(join(root, path)) })),
    ...changes.delete.map(({ path }): Step => ({ path, after: null, existed: true })),
  ];
  try {
    mkdirSync(journal, { recursive: true });
    for (const [index, { text }] of writes.entries()) writeFileSync(join(journal, `${index}.new`), text, { flush: false });
    for (const [index, { path, existed }] of steps.entries()) if (existed) keep(join(root, path), join(journal, `${index}.old`));
    writeFileSync(join(journal, 'steps.tmp'), JSON.stringify(steps), { flush: true });
    // From here on the journal is complete: an interrupted run can be undone.
    renameSync(join(journal, 'steps.tmp'), join(journal, 'steps.json'));
    const made = new Set<string>();
    for (const [index, { path, after }] of steps.entries()) {
      const target = join(root, path);
      if (after === null) unlinkSync(target);
      else {
        if (!made.has(dirname(target))) mkdirSync(dirname(target), { recursive: true });
        made.add(dirname(target));
        renameSync(join(journal, `${index}.new`), target);
      }
    }
  } catch (error) {
    undo(root, journal);
    removeEmptyFolders(root, [join(JOURNALS, 'x')]);
    throw unwritable(error);
  }
  // Removing the list first is the commit: what is left of the journal then means nothing.
  rmSync(join(journal, 'steps.json'));
  rmSync(journal, { recursive: true, force: true });
  removeEmptyFolders(root, [...changes.delete.map(({ path }) => path), join(JOURNALS, 'x')]);
}

/**
 * Undoes what runs that were killed left half done; files that somebody changed since are left as they are. Gives the
 * number of runs undone. Throws where another run is at it right now.
 */
export function recover(root: string): number {
  const folder = join(root, JOURNALS);
  if (!existsSync(folder)) return 0;
  const journals = readdirSync(folder);
  const running = journals.find((journal) => isRunning(join(folder, journal), Number.parseInt(journal, 10)));
  if (running !== undefined) {
    throw new MillraceError('refused', [
      {
        message: `another millrace (process ${String(Number.parseInt(running, 10))}) is writing here`,
        remedy: `Wait for it to end. If there is none, remove ${JOURNALS}/${running}.`,
      },
    ]);
  }
  const undone = journals.filter((journal) => undo(root, join(folder, journal)));
  removeEmptyFolders(root, [join(JOURNALS, 'x')]);
  return undone.length;
}

/** Writing takes seconds: a journal of this age is no running process's, even where its number is some process's again. */
const LONGEST_WRITE_MS = 10 * 60 * 1000;

function readText(file: string): string | undefined {
  try {
    return statSync(file).isFile() ? readFileSync(file, 'utf8') : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isRunning(journal: string, pid: number): boolean {
  if (pid === process.pid || Date.now() - statSync(journal).mtimeMs > LONGEST_WRITE_MS) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** A second name for a file, so that it can be put back; a copy where the file system has no such names. */
function keep(file: string, as: string): void {
  try {
    linkSync(file, as);
  } catch {
    copyFileSync(file, as);
  }
}

/** Gives whether the run had begun to write. */
function undo(root: string, journal: string): boolean {
  const list = join(journal, 'steps.json');
  const begun = existsSync(list);
  if (begun) {
    const steps = readSteps(list);
    for (const [index, { path, after, existed }] of [...steps.entries()].reverse()) {
      const target = join(root, path);
      const now = existsSync(target) ? checksum(readFileSync(target, 'utf8')) : null;
      if (now !== after) continue;
      const old = join(journal, `${index}.old`);
      if (existed) renameSync(old, target);
      else rmSync(target, { force: true });
    }
    removeEmptyFolders(
      root,
      steps.map(({ path }) => path),
    );
    rmSync(list);
  }
  rmSync(journal, { recursive: true, force: true });
  return begun;
}

function readSteps(file: string): readonly Step[] {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(value)) return [];
  return value.flatMap((step: unknown): readonly Step[] => {
    if (typeof step !== 'object' || step === null || !('path' in step) || !('after' in step) || !('existed' in step)) return [];
    const { path, after, existed } = step;
    return typeof path === 'string' && (typeof after === 'string' || after === null) && typeof existed === 'boolean' ? [{ path, after, existed }] : [];
  });
}

/** Folders that the removal of these files left empty, up to the root. */
function removeEmptyFolders(root: string, paths: readonly string[]): void {
  for (const path of paths) {
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
      const full = join(root, folder);
      if (!existsSync(full)) continue;
      if (!statSync(full).isDirectory() || readdirSync(full).length > 0) break;
      rmdirSync(full);
    }
  }
}

function unwritable(error: unknown): MillraceError {
  const reason = error instanceof Error ? error.message : String(error);
  return new MillraceError('refused', [
    { message: `nothing was written: ${reason}`, remedy: 'Give yourself write permission there, or free the path, and run the command again.' },
  ]);
}

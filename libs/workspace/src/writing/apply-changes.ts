import { randomUUID } from 'node:crypto';
import { copyFileSync, linkSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { checksum, MillraceError, refused } from '@millrace/model';

import type { Changes } from '../changes.js';
import { guardOf } from '../files/inside.js';
import { clear, JOURNALS, newTextOf, oldTextOf, removeEmptyFolders, STEPS, textAt, undo, type Step } from './journal.js';

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
  for (const path of [...paths, JOURNALS]) guard(path);
  const meanwhile = [...writes, ...changes.delete].filter(({ path, before }) => before !== textAt(root, path));
  if (meanwhile.length > 0) {
    throw new MillraceError(
      'refused',
      meanwhile.map(({ path }) => ({ file: path, message: 'this file was changed while the command was at work', remedy: 'Run the command again.' })),
    );
  }

  const journal = join(root, JOURNALS, `${process.pid}-${randomUUID()}`);
  const steps = [
    ...writes.map(({ path, text, before }): Step => ({ path, after: checksum(text), existed: before !== undefined })),
    ...changes.delete.map(({ path }): Step => ({ path, after: null, existed: true })),
  ];
  let begun = false;
  try {
    mkdirSync(journal, { recursive: true });
    for (const [index, { text }] of writes.entries()) writeFileSync(newTextOf(journal, index), text, { flush: false });
    // What goes is kept by being moved; what is replaced needs a second name before.
    for (const [index, { path, after, existed }] of steps.entries()) if (existed && after !== null) keep(join(root, path), oldTextOf(journal, index));
    writeFileSync(join(journal, 'steps.tmp'), JSON.stringify(steps), { flush: true });
    // From here on the journal is complete: an interrupted run can be undone.
    renameSync(join(journal, 'steps.tmp'), join(journal, STEPS));
    begun = true;
    const made = new Set<string>();
    for (const [index, { path, after }] of steps.entries()) {
      const target = join(root, path);
      if (after === null) renameSync(target, oldTextOf(journal, index));
      else {
        if (!made.has(dirname(target))) mkdirSync(dirname(target), { recursive: true });
        made.add(dirname(target));
        renameSync(newTextOf(journal, index), target);
      }
    }
  } catch (error) {
    if (begun) undo(root, { folder: journal, steps });
    else clear(root, journal);
    throw unwritable(error);
  }
  clear(root, journal);
  removeEmptyFolders(
    root,
    changes.delete.map(({ path }) => path),
  );
}

/** A second name for a file, so that it can be put back; a copy where the file system has no such names. */
function keep(file: string, as: string): void {
  try {
    linkSync(file, as);
  } catch {
    copyFileSync(file, as);
  }
}

function unwritable(error: unknown): MillraceError {
  const reason = error instanceof Error ? error.message : String(error);
  return refused(`nothing was written: ${reason}`, 'Give yourself write permission there, or free the path, and run the command again.');
}

import { refused } from '@millrace/model';

import { clear, leftJournals, removeEmptyFolders, undo } from './journal.js';

/**
 * Undoes what runs that were killed left half done; files that somebody changed since are left as they are. Of a run that had written
 * all it wanted only the journal goes: its work may be committed by now. Gives the number of runs undone. Throws where another run is
 * at it right now, and for a journal that no run of ours left.
 */
export function recover(root: string): number {
  const journals = leftJournals(root);
  for (const journal of journals) {
    if (journal.state === 'half-written') {
      undo(root, journal);
      continue;
    }
    clear(root, journal.folder);
    removeEmptyFolders(
      root,
      journal.steps.flatMap(({ path, after }) => (after === null ? [path] : [])),
    );
  }
  return journals.filter(({ state }) => state === 'half-written').length;
}

/**
 * For whoever only reads: throws where a run that was killed left files half written, for what they say is nobody's word. Nothing is
 * changed.
 */
export function refuseHalfWritten(root: string): void {
  if (!leftJournals(root).some(({ state }) => state === 'half-written')) return;
  throw refused(
    'an earlier run was interrupted while it wrote, so these files are half written',
    'Undo what it wrote, and make again what follows: npx millrace sync',
  );
}

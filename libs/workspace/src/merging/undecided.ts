import { readProvenance, releaseCutTwice, type Problem } from '@millrace/model';

import type { Files } from '../files/files.js';
import type { Unmerged } from '../git/unmerged-files.js';

/** What people write and Millrace reads. */
const PEOPLES = /^(?:millrace\.yaml|apps\/[^/]+\/pipeline\.yaml|environments\/.+\.ya?ml)$/;

/** What a merge left to people to decide and no marker shows, or none that says what to do: their files, and releases. */
export function undecided(files: Files, unmerged: Unmerged): readonly Problem[] {
  const releases = new Map([...unmerged.keys()].flatMap((path) => releaseCutTwice(path) ?? []).map((problem) => [problem.file, problem]));
  return [...undecidedFiles(files, unmerged), ...releases.values()];
}

/**
 * The people's files that a merge left whole, without a marker, because one side deleted what the other changed. Read as they lie there,
 * they would bring back what was removed.
 */
function undecidedFiles(files: Files, unmerged: Unmerged): readonly Problem[] {
  return [...unmerged].flatMap(([file, state]) => {
    if (state === 'on both sides' || !PEOPLES.test(file)) return [];
    const text = files.readIfText(file);
    // What Millrace made follows from what people decide.
    if (text === undefined || readProvenance(text).kind !== 'foreign') return [];
    return [
      {
        file,
        message: 'one side of the merge deleted or moved this file, the other changed it',
        remedy: `Say which is meant: git rm ${file}, or to keep it: git add ${file}`,
      },
    ];
  });
}

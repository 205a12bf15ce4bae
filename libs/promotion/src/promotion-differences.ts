import { MillraceError } from '@millrace/model';
import { editedFiles, textsOf, type Changes, type Files } from '@millrace/workspace';

import type { Difference } from './rendered-differences.js';
import { repositoryDifferences } from './repository-differences.js';

/**
 * What changes would do to the clusters, before anything is written: `files` is what they were planned on. Throws where an overlay
 * would not render: what is broken must not be promoted.
 */
export async function promotionDifferences(files: Files, changes: Changes): Promise<readonly Difference[]> {
  const { differences, failed } = await repositoryDifferences({ kind: 'files', files }, { kind: 'files', files: editedFiles(files, textsOf(changes)) });
  if (failed.length === 0) return differences;
  throw new MillraceError(
    'refused',
    failed.map(({ overlay, message }) => ({ file: overlay, message, remedy: 'Correct the overlay, or the patch that breaks it.' })),
  );
}

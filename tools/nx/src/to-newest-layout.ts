import { MILLRACE_FILE, MillraceError } from '@millrace/model';
import { consequences, isEmpty, migrate, planCommand, refuseHalfWritten, refuseSparse, treeFiles, unmergedFiles } from '@millrace/workspace';
import { logger, type Tree } from '@nx/devkit';

import { applyToTree } from './apply-to-tree.js';

/**
 * The migration of every layout: moves the first environment to the newest, as `millrace migrate` does, and no other.
 * A repository that the command refuses is left as it is. Gives what is left to do; Nx shows it at the end.
 */
export default function toNewestLayout(tree: Tree): string[] {
  const files = treeFiles(tree);
  if (files.read(MILLRACE_FILE) === undefined) return [];
  try {
    refuseHalfWritten(tree.root);
    refuseSparse(tree.root);
    const outcome = planCommand(files, migrate, {}, { unmerged: unmergedFiles(tree.root), discard: new Set() });
    if (isEmpty(outcome.changes)) return [];
    applyToTree(tree, outcome.changes);
    return [
      ...consequences(outcome).map((line) => `${line}.`),
      'When that has proved itself, promote each pipeline as ever, which takes the layout along; then the platforms follow: millrace migrate <environment>',
    ];
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    logger.warn(error.message);
    return ['Millrace moved no environment to the newest layout: see above what is in the way. Then run: millrace migrate'];
  }
}

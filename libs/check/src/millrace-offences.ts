import { MillraceError, type Problem } from '@millrace/model';
import { diskFiles, judgedWorkspace, planSync, unmergedFiles } from '@millrace/workspace';

/** Something that does not hold for a file of a Millrace repository. */
export interface MillraceOffence {
  readonly rule: 'millrace/declared-file' | 'millrace/stale-file' | 'millrace/edited-file' | 'millrace/frozen-release';
  /** From the root of the Millrace repository. */
  readonly problem: Problem;
}

/**
 * What Millrace knows of its own files: declared, generated and frozen.
 * @param root the folder of millrace.yaml, absolute
 */
export function millraceOffences(root: string): readonly MillraceOffence[] {
  const files = diskFiles(root);
  try {
    const judged = judgedWorkspace(files);
    const declared = judged.problems.map(declaredFile);
    const frozen = judged.touched.map((problem): MillraceOffence => ({ rule: 'millrace/frozen-release', problem }));
    if (declared.length + frozen.length > 0) return [...declared, ...frozen];
    const { changes } = planSync(files, { unmerged: unmergedFiles(root), discard: new Set() }, judged);
    const stale = (file: string, message: string): MillraceOffence => ({
      rule: 'millrace/stale-file',
      problem: { file, message, remedy: 'Run millrace sync, and commit what it writes.' },
    });
    return [
      ...changes.create.map(({ path }) => stale(path, 'this generated file is missing')),
      ...changes.update.map(({ path }) => stale(path, 'this generated file is not what the declared files give now')),
      ...changes.delete.map(({ path }) => stale(path, 'nothing declares this generated file any more')),
      ...changes.refused.map((problem): MillraceOffence => ({ rule: 'millrace/edited-file', problem })),
    ];
  } catch (error) {
    if (error instanceof MillraceError) return error.problems.map(declaredFile);
    throw error;
  }
}

function declaredFile(problem: Problem): MillraceOffence {
  return { rule: 'millrace/declared-file', problem };
}

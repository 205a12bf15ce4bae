import { conflictSides, readProvenance } from '@millrace/model';

/**
 * Whether a text is what git makes of two versions of a generated file, markers and all: Millrace wrote both, so nothing in it is
 * anybody's work. It may be committed so; git has it unmerged no more then.
 */
export function isMergeOfGenerated(text: string): boolean {
  return /^<{7} /m.test(text) && conflictSides(text).every((side) => readProvenance(side).kind !== 'foreign');
}

import type { Files } from './files/files.js';

/** What commands ask of a repository beside its files as they are: what others have of it already, and what it had before. */
export interface History {
  /** The files as Argo CD gets them: those of a branch, as the remote had it last. Undefined where that is not known. */
  published(branch: string): Files | undefined;
  /** Every version that a release of a pipeline ever had here, in no order, whether it is there still or not. */
  releasesOf(pipeline: string): readonly string[];
}

/** Files that are just there: nothing is known of others, nor of what was. */
export const NO_HISTORY: History = { published: () => undefined, releasesOf: () => [] };

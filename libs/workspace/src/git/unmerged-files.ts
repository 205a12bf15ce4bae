import { askGit } from './git.js';

/** Files that git has in conflict, by path, and whether both sides of the merge have them or one has deleted or moved it. */
export type Unmerged = ReadonlyMap<string, 'on both sides' | 'on one side'>;

/** The files that git has in conflict below a folder; none where git is not at hand or the folder is no repository. */
export function unmergedFiles(root: string): Unmerged {
  const entries = askGit(root, ['ls-files', '--unmerged', '-z'])?.split('\0') ?? [];
  const stages = new Map<string, Set<string>>();
  for (const entry of entries) {
    const { stage, path } = /^\d+ [0-9a-f]+ (?<stage>[123])\t(?<path>.+)$/s.exec(entry)?.groups ?? {};
    if (stage !== undefined && path !== undefined) stages.set(path, (stages.get(path) ?? new Set()).add(stage));
  }
  // Stage 1 is what the sides began from, 2 and 3 are the sides.
  return new Map([...stages].map(([path, has]) => [path, has.has('2') && has.has('3') ? 'on both sides' : 'on one side']));
}

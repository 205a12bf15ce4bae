import { basename, dirname } from 'node:path';

import { refused } from '@millrace/model';
import { askGit } from '@millrace/workspace';

/** The folder of a git repository that a new folder would be, from that repository's root; undefined where there is none around it, or one that ignores it. */
export function folderOfOuterRepository(target: string): string | undefined {
  const above = dirname(target);
  const prefix = askGit(above, ['rev-parse', '--show-prefix']);
  if (prefix === undefined || askGit(above, ['check-ignore', '--quiet', '--', `${basename(target)}/`]) !== undefined) return undefined;
  return `${prefix}${basename(target)}`;
}

/** Throws where a new git repository would lie in another one: that keeps a link to a commit of it, and none of its files. */
export function checkNotNested(target: string): void {
  const folder = folderOfOuterRepository(target);
  if (folder === undefined) return;
  throw refused(
    `${basename(target)} would be a git repository inside of another one, whose clones would have none of its files`,
    `Change into a folder outside of it. Or make it a folder of that repository: --skip-git, and say so afterwards (npx millrace init --repository <URL> --path ${folder}).`,
  );
}

import { existsSync } from 'node:fs';
import { join, posix, relative, resolve, sep } from 'node:path';

import type { Context } from './main.js';

/**
 * A path that was typed, from the repository's root: where something of this name lies in the folder in which the command was started,
 * that is meant; else what was typed, which may be from the root, or no path at all.
 */
export function typedPath({ folder, root }: Pick<Context, 'folder' | 'root'>, typed: string): string {
  const path = relative(resolve(root()), resolve(folder(), typed)).split(sep).join('/');
  const isHere = path !== '' && path !== '..' && !path.startsWith('../') && existsSync(join(root(), path));
  return isHere ? path : posix.normalize(typed);
}

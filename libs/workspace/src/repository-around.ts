import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { MILLRACE_FILE } from '@millrace/model';

/** The Millrace repository that a folder is or lies in, as git and Nx find theirs; undefined where it lies in none. */
export function repositoryAround(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  if (existsSync(join(folder, MILLRACE_FILE))) return folder;
  for (let above = dirname(resolve(folder)); ; above = dirname(above)) {
    if (existsSync(join(above, MILLRACE_FILE))) return above;
    if (above === dirname(above)) return undefined;
  }
}

import { realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

import { isInsideRepository, MillraceError } from '@millrace/model';

/**
 * Guards a root: the function it returns throws for a path that would leave it, by spelling or through a symbolic
 * link. Folders are looked up once.
 */
export function guardOf(root: string): (path: string) => void {
  const realRoot = realpathSync(root);
  const known = new Map<string, string>();

  const realFolder = (folder: string): string => {
    let real = known.get(folder);
    if (real === undefined) {
      real = existingRealPath(folder);
      known.set(folder, real);
    }
    return real;
  };
  return (path) => {
    if (path !== '.' && !isInsideRepository(path)) throw leaving(path, 'it is not a path inside the repository');
    const full = join(root, path);
    const real = existingRealPath(full, realFolder(dirname(full)));
    if (real !== realRoot && !real.startsWith(realRoot + sep)) throw leaving(path, `a symbolic link leads to ${real}`);
  };
}

function leaving(path: string, why: string): MillraceError {
  return new MillraceError('refused', [
    {
      file: path,
      message: `this path leaves the repository: ${why}`,
      remedy: 'Remove the link or correct the path; Millrace reads and writes nothing outside.',
    },
  ]);
}

/** The real path of a path, or of its nearest ancestor that exists, when it does not exist itself. */
function existingRealPath(path: string, otherwise?: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
    return otherwise ?? existingRealPath(dirname(path));
  }
}

/** Whether a file system error says that there is no such file or folder. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

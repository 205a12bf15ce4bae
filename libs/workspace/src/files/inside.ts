import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';

import { isInsideRepository, MillraceError } from '@millrace/model';

/**
 * Guards a root: the function it returns throws for a path that would leave it, by spelling or through a symbolic
 * link. Folders are looked up once.
 */
export function guardOf(root: string): (path: string) => void {
  const realRoot = rootOf(root);
  const folders = new Map([['.', realRoot]]);

  /** Where a path really is. A path that is not there is where its folder is; a link is where it leads. */
  const realPath = (path: string): string => {
    const real = join(realFolder(dirname(path)), basename(path));
    if (!isLink(real)) return real;
    const target = targetOf(real);
    if (target !== realRoot && !target.startsWith(realRoot + sep)) throw leaving(path, `a symbolic link leads to ${target}`);
    return target;
  };
  const realFolder = (folder: string): string => {
    let real = folders.get(folder);
    if (real === undefined) {
      real = realPath(folder);
      folders.set(folder, real);
    }
    return real;
  };
  return (path) => {
    guardSpelling(path);
    if (path !== '.') realPath(path);
  };
}

function rootOf(root: string): string {
  try {
    return realpathSync(root);
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new MillraceError('usage', [{ file: root, message: 'there is no such folder', remedy: 'Name a folder that is there.' }]);
  }
}

/** Throws for a path that would leave the repository by its spelling. */
export function guardSpelling(path: string): void {
  if (path !== '.' && !isInsideRepository(path)) throw leaving(path, 'it is not a path inside the repository');
}

/** Whether a path, absolute, is itself a symbolic link. */
export function isLink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Where a link leads; a link to nothing leads where writing to it would. */
function targetOf(link: string): string {
  try {
    return realpathSync(link);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOOP') throw leaving(link, 'a symbolic link leads to itself');
    if (!isMissing(error)) throw error;
    return resolve(dirname(link), readlinkSync(link));
  }
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

/** Whether a file system error says that there is no such file or folder. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';

import { MillraceError } from '@millrace/model';

import { textsOf, type Changes } from './changes.js';
import type { Repository } from './testing.js';

/** A repository on disk, gone with its scope. */
export interface Folder extends Disposable {
  readonly root: string;
}

/** A new folder with these files in it. */
export function folderWith(files: Repository): Folder {
  const root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  writeAll(root, files);
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

/** Writes files below a folder. */
export function writeAll(root: string, files: Repository): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Everything below a folder but git's own: the text of each file, and every empty folder by its path and a slash. */
export function contentOf(root: string): Repository {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => ({ entry, path: relative(root, join(entry.parentPath, entry.name)).split(sep).join('/') }));
  return new Map(
    paths
      .filter(({ path }) => path !== '.git' && !path.startsWith('.git/'))
      .flatMap(({ entry, path }): readonly [string, string][] => {
        if (entry.isFile()) return [[path, readFileSync(join(root, path), 'utf8')]];
        return paths.some((other) => other.path.startsWith(`${path}/`)) ? [] : [[`${path}/`, '']];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The files with some of them replaced, added or, by undefined, removed. */
export function withFiles(files: Repository, texts: Readonly<Record<string, string | undefined>>): Repository {
  const result = new Map(files);
  for (const [path, text] of Object.entries(texts)) {
    if (text === undefined) result.delete(path);
    else result.set(path, text);
  }
  return result;
}

/** A file's text with a part of it replaced. Throws where the part is not there: the test would hold nothing. */
export function replaced(files: Repository, path: string, part: string, by: string): Repository {
  const text = textAt(files, path);
  if (!text.includes(part)) throw new Error(`${path} has no ${JSON.stringify(part)}`);
  return withFiles(files, { [path]: text.replace(part, () => by) });
}

/** A file's text, which has to be there. */
export function textAt(files: Repository, path: string): string {
  const text = files.get(path);
  if (text === undefined) throw new Error(`there is no ${path}`);
  return text;
}

/** The files after some changes. */
export function changed(files: Repository, changes: Changes): Repository {
  return withFiles(files, Object.fromEntries([...textsOf(changes)].map(([path, text]) => [path, text ?? undefined])));
}

/** The files without everything below some folders. */
export function withoutFolders(files: Repository, ...folders: readonly string[]): Repository {
  return new Map([...files].filter(([path]) => !folders.some((folder) => path.startsWith(`${folder}/`))));
}

/** The refusal that something ends with. */
export function refusalOf(run: () => unknown): MillraceError {
  try {
    run();
  } catch (error) {
    if (error instanceof MillraceError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

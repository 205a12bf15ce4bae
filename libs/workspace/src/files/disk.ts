import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { MillraceError } from '@millrace/model';

import type { Entry, Files } from './files.js';
import { guardOf, isMissing } from './inside.js';

/** The files of a folder on disk. */
export function diskFiles(root: string): Files {
  const guard = guardOf(root);
  return {
    read(path) {
      guard(path);
      return reading(path, () => readFileSync(join(root, path), 'utf8'));
    },
    list(folder) {
      guard(folder);
      const entries = reading(folder, () => readdirSync(join(root, folder), { withFileTypes: true })) ?? [];
      return entries
        .flatMap((entry): readonly Entry[] => {
          if (entry.isFile()) return [{ name: entry.name, kind: 'file' }];
          if (entry.isDirectory()) return [{ name: entry.name, kind: 'folder' }];
          if (!entry.isSymbolicLink()) return [];
          guard(`${folder}/${entry.name}`);
          const target = reading(folder, () => statSync(join(root, folder, entry.name)));
          return target === undefined ? [] : [{ name: entry.name, kind: target.isDirectory() ? 'folder' : 'file' }];
        })
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}

function reading<T>(path: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isMissing(error)) return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    throw new MillraceError('usage', [
      { file: path, message: `this cannot be read: ${reason}`, remedy: 'Give yourself read permission, or run as somebody who has it.' },
    ]);
  }
}

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
      return reading(path, () => utf8(path, readFileSync(join(root, path))));
    },
    readIfText(path) {
      guard(path);
      return reading(path, () => textOf(readFileSync(join(root, path))));
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
          return target === undefined || target.isDirectory() ? [] : [{ name: entry.name, kind: 'file' }];
        })
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function utf8(path: string, bytes: Uint8Array): string {
  const text = textOf(bytes);
  if (text !== undefined) return text;
  throw new MillraceError('usage', [{ file: path, message: 'this file is not UTF-8', remedy: 'Save it as UTF-8; read as it is, it would come out changed.' }]);
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function reading<T>(path: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof MillraceError) throw error;
    if (isMissing(error)) return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    throw new MillraceError('usage', [
      { file: path, message: `this cannot be read: ${reason}`, remedy: 'Give yourself read permission, or run as somebody who has it.' },
    ]);
  }
}

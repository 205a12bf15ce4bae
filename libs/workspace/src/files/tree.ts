import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { Entry, Files } from './files.js';
import { guardOf, guardSpelling, isLink } from './inside.js';

/** What we use of Nx's Tree. */
export interface NxTree {
  readonly root: string;
  read(path: string, encoding: 'utf8'): string | null;
  children(folder: string): string[];
  isFile(path: string): boolean;
  write(path: string, content: string): void;
  delete(path: string): void;
}

/** The files of Nx's tree. Nx itself would follow a link or `../` out of the workspace, so each path is checked first. */
export function treeFiles(tree: NxTree): Files {
  // A tree in memory (Nx's kit for tests has one) has no links to follow.
  const guard = existsSync(tree.root) ? guardOf(tree.root) : guardSpelling;
  const read = (path: string): string | undefined => {
    guard(path);
    return tree.isFile(path) ? (tree.read(path, 'utf8') ?? undefined) : undefined;
  };
  return {
    read,
    readIfText: read,
    list(folder) {
      guard(folder);
      return tree
        .children(folder)
        .sort()
        .flatMap((name): readonly Entry[] => {
          const path = `${folder}/${name}`;
          if (tree.isFile(path)) return [{ name, kind: 'file' }];
          if (!isLink(join(tree.root, path))) return [{ name, kind: 'folder' }];
          guard(path);
          return [];
        });
    },
  };
}

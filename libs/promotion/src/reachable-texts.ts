import { posix } from 'node:path';

import { isKustomization, mentionedOutside } from '@millrace/kustomize';
import { isInsideRepository } from '@millrace/model';
import type { Files } from '@millrace/workspace';

/**
 * The texts that a rendering of these overlays can read: their folders, and whatever a kustomization in them or further on mentions
 * outside of its own folder. In a repository of thousands of overlays that is little of it.
 */
export function reachableTexts(files: Files, overlays: readonly string[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const seen = new Set<string>();
  const add = (path: string): void => {
    if (seen.has(path) || !isInsideRepository(path)) return;
    seen.add(path);
    const text = files.read(path);
    if (text === undefined) for (const { name } of files.list(path)) add(`${path}/${name}`);
    else {
      texts.set(path, text);
      if (isKustomization(path)) for (const mentioned of mentionedOutside(text)) add(posix.join(posix.dirname(path), mentioned));
    }
  };
  for (const overlay of overlays) add(overlay);
  return texts;
}

import { MillraceError } from '@millrace/model';
import type { Changes } from '@millrace/workspace';
import type { Tree } from '@nx/devkit';

/** Puts changes into Nx's tree, which writes them at the end; throws where a file was edited by a person. */
export function applyToTree(tree: Tree, changes: Changes): void {
  if (changes.refused.length > 0) throw new MillraceError('refused', changes.refused);
  for (const { path, text } of [...changes.create, ...changes.update]) tree.write(path, text);
  for (const { path } of changes.delete) tree.delete(path);
}

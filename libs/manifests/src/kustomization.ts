import { readPatch, relativePath, type PatchFile } from '@millrace/model';

import type { Context } from './template.js';

/** The patches that people put beside an overlay, by its folder. */
export type PatchesOf = (folder: string) => readonly PatchFile[];

/** What a generated kustomization.yaml says. */
export interface Kustomization {
  readonly namespace?: string;
  readonly resources: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  /** Generated patches, by file name in the overlay's folder. */
  readonly patches?: readonly string[];
  /** The overlay's folder and the patches that people put there: they apply after the generated ones, in name order. */
  readonly own?: { readonly folder: string; readonly patches: readonly PatchFile[] };
}

/** The context of the template `kustomization.yaml`. */
export function kustomizationContext({ namespace, resources, labels, patches = [], own }: Kustomization): Context {
  const all = [
    ...patches.map((path) => ({ path, target: undefined, operations: undefined })),
    ...(own?.patches ?? []).map((patch) => ownPatch(own?.folder ?? '', patch)),
  ];
  return { namespace, resources, labels, patches: all.length === 0 ? undefined : all };
}

function ownPatch(folder: string, { file, text }: PatchFile): Context {
  const patch = readPatch(file, text);
  if (patch.kind !== 'targeted') return { path: relativePath(folder, file), target: undefined, operations: undefined };
  return { path: undefined, target: patch.selector, operations: patch.operations };
}

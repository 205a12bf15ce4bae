import { readPatch, relativePath, type PatchFile } from '@millrace/model';

import { unlessEmpty } from './context-values.js';
import type { Manifest, ManifestsIn } from './file.js';
import type { Context } from './template.js';

/** The patches that people put beside an overlay, by its folder. */
export type PatchesOf = (folder: string) => readonly PatchFile[];

/** The kustomization.yaml of a base lists its files, and says no more. */
export function baseKustomization(resources: readonly string[]): Context {
  return { namespace: undefined, resources, labels: undefined, patches: undefined };
}

/** A folder that Argo CD renders. */
export interface Overlay {
  readonly folder: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** The folder of the base that it changes. */
  readonly base?: string;
  readonly resources?: readonly Manifest[];
  /** Generated patches. */
  readonly patches?: readonly Manifest[];
}

/**
 * The files of an overlay and its kustomization.yaml; nothing where it has no resource. The patches that people put beside it
 * apply after the generated ones, in name order.
 */
export function overlay(
  manifest: ManifestsIn,
  { folder, namespace, labels, base, resources = [], patches = [] }: Overlay,
  patchesOf: PatchesOf,
): readonly Manifest[] {
  const inFolder = ({ path }: Pick<Manifest, 'path'>) => relativePath(folder, path);
  const listed = [...(base === undefined ? [] : [{ path: base }]), ...resources].map(inFolder);
  if (listed.length === 0) return [];
  const applied = [...patches.map((patch) => patchAt(inFolder(patch))), ...patchesOf(folder).map((patch) => ownPatch(folder, patch))];
  const kustomization = { namespace, resources: listed, labels, patches: unlessEmpty(applied) };
  return [manifest('kustomization.yaml', 'kustomization', kustomization), ...patches, ...resources];
}

function ownPatch(folder: string, { file, text }: PatchFile): Context {
  const patch = readPatch(file, text);
  return patch.kind === 'targeted' ? { path: undefined, target: patch.selector, operations: patch.operations } : patchAt(relativePath(folder, file));
}

function patchAt(path: string): Context {
  return { path, target: undefined, operations: undefined };
}

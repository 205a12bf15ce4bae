import { posix } from 'node:path';

/** The names that kustomize looks for in a folder, in its order. */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** Whether a path is one that kustomize takes for a kustomization. */
export function isKustomization(path: string): boolean {
  return kustomizationNames.some((name) => name === posix.basename(path));
}

/**
 * What a kustomization mentions outside of its folder: every word that starts with `../`, without a slash at its end. Reading words
 * instead of YAML takes a fraction of the time for thousands of overlays, and cannot miss a field that kustomize has.
 * @param text of the kustomization
 * @returns files and folders, relative to the kustomization's
 */
export function mentionedOutside(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|[\s"'[,])(\.\.\/[^\s"',\]}]+)/gm)].map(([, reference = '']) => reference.replace(/\/+$/, ''));
}

import { isInsideRepository, misused, type Workspace } from '@millrace/model';

import type { Files } from './files/files.js';

/** Every Kustomize overlay of the environments, by folder, sorted: what a `kustomize build` can be run on. */
export function overlays(files: Files, workspace: Workspace): readonly string[] {
  return [...workspace.environments.keys()].flatMap((environment) => overlaysUnder(files, `environments/${environment}`)).sort();
}

/** What `render` was asked for: environments by name, folders by path; every environment where nothing was named. */
export function selectOverlays(files: Files, workspace: Workspace, names: readonly string[]): readonly string[] {
  if (names.length === 0) return overlays(files, workspace);
  return names.flatMap((name) => {
    const path = name.replace(/^\.\//, '').replace(/\/+$/, '');
    if (workspace.environments.has(path)) return overlaysUnder(files, `environments/${path}`);
    const found = isInsideRepository(path) ? overlaysUnder(files, path) : [];
    if (found.length > 0) return found;
    throw misused(
      `${name} is no environment and no folder with a kustomization.yaml`,
      `Name one of ${[...workspace.environments.keys()].join(', ') || '(no environments yet)'}, or a folder under environments/ or apps/.`,
    );
  });
}

function overlaysUnder(files: Files, folder: string): readonly string[] {
  const entries = files.list(folder);
  const here = entries.some(({ name, kind }) => kind === 'file' && /^(?:kustomization\.ya?ml|Kustomization)$/.test(name)) ? [folder] : [];
  return [
    ...here,
    ...entries.filter(({ kind, name }) => kind === 'folder' && name !== 'patches').flatMap(({ name }) => overlaysUnder(files, `${folder}/${name}`)),
  ];
}

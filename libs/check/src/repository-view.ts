import { posix } from 'node:path';

import { askGit } from '@millrace/workspace';

import { textAt } from './field.js';
import { layersOf, type Kustomization } from './sources/kustomization.js';
import type { Disk } from './sources/disk.js';
import { wordsOf } from './sources/gather.js';
import type { KustomizationReader } from './sources/read-kustomizations.js';
import { readYaml } from './sources/read-yaml.js';
import type { Surroundings } from './sources/repository.js';
import type { RepositoryView } from './universe.js';

/** What Argo CD will find in the repository that a run lies in; undefined where it lies in none. */
export function repositoryView(disk: Disk, reader: KustomizationReader, surroundings: Surroundings): RepositoryView | undefined {
  if (!surroundings.isRepository) return undefined;
  const repoURL = declaredUrl(disk, surroundings);
  const kinds = new Map<string, ReturnType<Disk['kind']>>();
  const kindOf = (path: string): ReturnType<Disk['kind']> => {
    const kind = kinds.get(path) ?? disk.kind(path);
    kinds.set(path, kind);
    return kind;
  };
  // Several Applications may be made from one folder, and most folders from the same bases.
  const files = new Map<Kustomization, readonly string[]>();
  const filesOf = (layer: Kustomization): readonly string[] => {
    const known = files.get(layer) ?? filesRead(layer, kindOf);
    files.set(layer, known);
    return known;
  };
  return {
    exists: (path) => kindOf(posix.normalize(path)) !== 'absent',
    ...(repoURL === undefined ? {} : { repoURL }),
    textOf: (path) => (kindOf(posix.normalize(path)) === 'file' ? disk.read(posix.normalize(path)) : undefined),
    graphOf: (path) => {
      const root = reader.read(posix.normalize(path).replace(/\/$/, ''));
      return root === undefined ? [] : [...new Set(layersOf(root).flatMap((layer) => [layer.folder, ...filesOf(layer)]))];
    },
  };
}

/** The files that a kustomization itself reads. */
function filesRead({ folder, body }: Kustomization, kindOf: (path: string) => ReturnType<Disk['kind']>): readonly string[] {
  return [...wordsOf(body)].flatMap((word) => {
    const path = posix.join(folder, word);
    return !path.startsWith('..') && /[./]/.test(word) && kindOf(path) === 'file' ? [path] : [];
  });
}

/**
 * The URL that millrace.yaml declares, else git's remote `origin`: as it is written, which is what an Application names too. What
 * `insteadOf` makes of it is how this machine gets there.
 */
function declaredUrl(disk: Disk, { root, settings }: Surroundings): string | undefined {
  const text = settings === undefined ? undefined : disk.read(posix.join(settings, 'millrace.yaml'));
  const reading = text === undefined ? undefined : readYaml(text);
  const declared = reading?.kind === 'read' ? textAt(reading.documents[0], 'repository', 'url') : undefined;
  return declared ?? askGit(root, ['config', '--get-all', 'remote.origin.url'])?.split('\n')[0];
}

import { posix } from 'node:path';

import { textAt } from './field.js';
import { layersOf } from './sources/kustomization.js';
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
  return {
    exists: (path) => disk.kind(posix.normalize(path)) !== 'absent',
    ...(repoURL === undefined ? {} : { repoURL }),
    graphOf: (path) => graphOf(disk, reader, posix.normalize(path).replace(/\/$/, '')),
  };
}

function graphOf(disk: Disk, reader: KustomizationReader, folder: string): readonly string[] {
  const root = reader.read(folder);
  if (root === undefined) return [];
  const graph = new Set<string>();
  for (const layer of layersOf(root)) {
    graph.add(layer.folder);
    for (const word of wordsOf(layer.body)) {
      const path = posix.join(layer.folder, word);
      if (!path.startsWith('..') && /[./]/.test(word) && disk.kind(path) === 'file') graph.add(path);
    }
  }
  return [...graph];
}

/** The URL that millrace.yaml declares, else git's remote `origin`. */
function declaredUrl(disk: Disk, { settings }: Surroundings): string | undefined {
  const text = settings === undefined ? undefined : disk.read(posix.join(settings, 'millrace.yaml'));
  const reading = text === undefined ? undefined : readYaml(text);
  const declared = reading?.kind === 'read' ? textAt(reading.documents[0], 'repository', 'url') : undefined;
  return declared ?? /\[remote "origin"\][^[]*?\n\s*url\s*=\s*(\S+)/.exec(disk.read('.git/config') ?? '')?.[1];
}

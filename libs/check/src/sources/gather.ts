import { posix } from 'node:path';

import { isKustomization, kustomizationNames, type Value } from '@millrace/kustomize';

import { isList, isMap } from '../field.js';
import type { Disk } from './disk.js';
import { ignoredBy } from './ignored.js';
import { layersOf } from './kustomization.js';
import type { KustomizationReader } from './read-kustomizations.js';

/** A file that the check does not look into, and why. */
export interface LeftOut {
  readonly file: string;
  readonly why:
    /** A template of Helm: YAML only after rendering. */
    | 'a Helm template'
    /** A template of Jinja's kind. */
    | 'a template of another tool'
    /** YAML of another kind: values, a workflow, an editor's settings. */
    | 'not Kubernetes'
    /** What a build or a person left there: it is in no commit. */
    | 'ignored by git'
    /** A part of overlays that are not in this run; checked with them. */
    | 'a base of overlays elsewhere'
    /** A Kustomize component that no overlay of this run takes. */
    | 'a component that nothing uses'
    /** A part of a resource, by its name: what it is a patch of is not known. */
    | 'a patch that nothing uses';
}

/** A file or folder that should have been read and could not. */
export interface Unreadable {
  readonly file: string;
  readonly message: string;
}

/** What the paths of a run come to. Paths are from the disk's root, each once, sorted. */
export interface Gathered {
  /** Folders that kustomize builds. */
  readonly roots: readonly string[];
  /** YAML and JSON files that may hold resources, outside of what kustomize reads. */
  readonly files: readonly string[];
  /** Those of them that were named, and whose folder was not. */
  readonly single: readonly string[];
  readonly leftOut: readonly LeftOut[];
  readonly unreadable: readonly Unreadable[];
}

const NEVER = new Set(['.git', 'node_modules', '.nx', '.terraform']);

/**
 * Finds what there is to check under some paths.
 * @param paths files or folders, from the disk's root; each must exist
 * @param isBase whether a folder is known to be only ever a part of overlays
 */
export function gather(disk: Disk, reader: KustomizationReader, paths: readonly string[], isBase: (folder: string) => boolean): Gathered {
  const walk = new Walk(
    disk,
    ignoredBy(
      disk.root,
      paths.filter((path) => disk.kind(path) === 'folder'),
    ),
  );
  for (const path of paths) walk.start(path);

  const leftOut: LeftOut[] = [...walk.leftOut];
  const used = new Set<string>();
  const consumed = new Set<string>();
  for (const folder of walk.kustomizations) {
    const kustomization = reader.read(folder);
    if (kustomization === undefined) continue;
    for (const layer of layersOf(kustomization)) {
      if (layer.folder !== folder) used.add(layer.folder);
      for (const word of wordsOf(layer.body)) consumed.add(posix.join(layer.folder, word));
    }
  }
  const roots = [...walk.kustomizations].filter((folder) => {
    if (walk.named.has(folder)) return true;
    if (used.has(folder)) return false;
    const file = posix.join(folder, kustomizationNames[0]);
    const component = reader.read(folder)?.kind === 'Component';
    if (component) leftOut.push({ file, why: 'a component that nothing uses' });
    else if (isBase(folder)) leftOut.push({ file, why: 'a base of overlays elsewhere' });
    else return true;
    return false;
  });
  const files = [...walk.files].filter((file) => {
    if (walk.named.has(file)) return true;
    if (consumed.has(file)) return false;
    if (!isPatch(file)) return true;
    leftOut.push({ file, why: 'a patch that nothing uses' });
    return false;
  });
  const folders = paths.filter((path) => disk.kind(path) === 'folder');
  const single = files.filter((file) => walk.named.has(file) && !folders.some((folder) => folder === '.' || file.startsWith(`${folder}/`)));
  return { roots: roots.sort(), files: files.sort(), single, leftOut, unreadable: walk.unreadable };
}

class Walk {
  readonly kustomizations = new Set<string>();
  readonly files = new Set<string>();
  readonly named = new Set<string>();
  readonly leftOut: LeftOut[] = [];
  readonly unreadable: Unreadable[] = [];

  constructor(
    private readonly disk: Disk,
    private readonly isIgnored: (path: string) => boolean,
  ) {}

  start(path: string): void {
    const folder = posix.dirname(path);
    if (this.disk.kind(path) === 'folder') this.#folder(path, false, true);
    else if (isKustomization(path)) {
      this.kustomizations.add(folder);
      this.named.add(folder);
    } else {
      this.files.add(path);
      this.named.add(path);
    }
  }

  #folder(folder: string, inTemplates: boolean, named: boolean): void {
    const listing = this.disk.folder(folder);
    if (listing.kind === 'unreadable') {
      this.unreadable.push({ file: folder, message: listing.message });
      return;
    }
    const names = new Set(listing.entries.filter(({ kind }) => kind === 'file').map(({ name }) => name));
    const isChart = names.has('Chart.yaml');
    if ([...names].some(isKustomization)) {
      this.kustomizations.add(folder);
      if (named) this.named.add(folder);
    }
    for (const { name, kind } of listing.entries) {
      const path = posix.join(folder, name);
      if (NEVER.has(name)) continue;
      if (this.isIgnored(path)) {
        // What was named is looked at, wherever it lies; git says the same of what is in it.
        if (!this.isIgnored(folder)) {
          if (kind === 'folder' || /\.ya?ml$/.test(name)) this.leftOut.push({ file: path, why: 'ignored by git' });
          continue;
        }
      }
      if (kind === 'folder') {
        this.#folder(path, inTemplates || (isChart && name === 'templates'), false);
      } else if (isKustomization(name)) continue;
      else if (/\.ya?ml$/.test(name)) {
        if (inTemplates) this.leftOut.push({ file: path, why: 'a Helm template' });
        else this.files.add(path);
      } else if (name.endsWith('.json') && !inTemplates) this.files.add(path);
    }
  }
}

/** Whether a file is called a patch, or its folder is one of patches. */
export function isPatch(file: string): boolean {
  return /(?:^|[-_.])patch(?:es)?(?:[-_.]|$)/i.test(posix.basename(file)) || posix.basename(posix.dirname(file)) === 'patches';
}

/** Every text of a kustomization that could name a file, also behind `key=` as in a generator's files. */
export function* wordsOf(value: Value): Generator<string> {
  if (typeof value === 'string') {
    if (value.includes('\n')) return;
    yield value;
    if (value.includes('=')) yield value.slice(value.indexOf('=') + 1);
  } else if (isMap(value)) for (const item of Object.values(value)) yield* wordsOf(item);
  else if (isList(value)) for (const item of value) yield* wordsOf(item);
}

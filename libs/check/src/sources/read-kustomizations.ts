import { posix } from 'node:path';

import { kustomizationNames, type Value, type ValueMap } from '@millrace/kustomize';

import { fieldAt, isMap, listAt, textAt, type FieldPath } from '../field.js';
import type { Kustomization, PatchSource, SourceDocument } from './kustomization.js';
import { readYaml } from './read-yaml.js';

/** What reading needs of a disk. */
export interface SourceFiles {
  /** A file's text; undefined where there is none, or none that can be read. */
  read(path: string): string | undefined;
}

/**
 * Reads kustomizations without building them. What cannot be read is left out: kustomize itself says so when it builds.
 * Each file is read once for as long as the reader lives.
 */
export class KustomizationReader {
  readonly #files: SourceFiles;
  readonly #kustomizations = new Map<string, Kustomization | undefined>();
  readonly #documents = new Map<string, readonly SourceDocument[]>();

  constructor(files: SourceFiles) {
    this.#files = files;
  }

  /** The kustomization of a folder; undefined where there is none. */
  read(folder: string): Kustomization | undefined {
    if (this.#kustomizations.has(folder)) return this.#kustomizations.get(folder);
    // A kustomization that is its own base ends here, and fails to build.
    this.#kustomizations.set(folder, undefined);
    const made = this.#make(folder);
    this.#kustomizations.set(folder, made);
    return made;
  }

  /** The YAML documents of a file that are maps; none where it cannot be read. */
  documents(file: string): readonly SourceDocument[] {
    const known = this.#documents.get(file);
    if (known !== undefined) return known;
    const reading = readYaml(this.#files.read(file) ?? '');
    const documents = reading.kind === 'broken' ? [] : reading.documents.flatMap((body, document) => (isMap(body) ? [{ file, document, body }] : []));
    this.#documents.set(file, documents);
    return documents;
  }

  #make(folder: string): Kustomization | undefined {
    for (const name of kustomizationNames) {
      const file = posix.join(folder, name);
      if (this.#files.read(file) === undefined) continue;
      const body = this.documents(file)[0]?.body ?? {};
      return new ReadKustomization(folder, file, body, this, () => [...this.#patches(folder, file, body)]);
    }
    return undefined;
  }

  *#patches(folder: string, file: string, body: ValueMap): Generator<PatchSource> {
    for (const field of ['patches', 'patchesJson6902']) {
      for (const [index, entry] of listAt(body, field).entries()) {
        const target = fieldAt(entry, 'target');
        const path = textAt(entry, 'path');
        const inline = textAt(entry, 'patch');
        const content = this.#content(folder, file, [field, index, 'patch'], path, inline);
        if (content !== undefined) yield { path: [field, index], target: isMap(target) ? target : undefined, content };
      }
    }
    for (const [index, entry] of listAt(body, 'patchesStrategicMerge').entries()) {
      if (typeof entry !== 'string') continue;
      const inline = entry.includes('\n');
      const content = this.#content(folder, file, ['patchesStrategicMerge', index], inline ? undefined : entry, inline ? entry : undefined);
      if (content !== undefined) yield { path: ['patchesStrategicMerge', index], target: undefined, content };
    }
  }

  #content(folder: string, file: string, at: FieldPath, path: string | undefined, inline: string | undefined): PatchSource['content'] | undefined {
    const source = path === undefined ? file : posix.join(folder, path);
    const text = path === undefined ? inline : this.#files.read(source);
    if (text === undefined) return undefined;
    const reading = readYaml(text);
    if (reading.kind === 'broken') return undefined;
    const [first] = reading.documents;
    if (Array.isArray(first)) {
      const operations = listAt(first).filter((operation: Value): operation is ValueMap => isMap(operation));
      return { kind: 'operations', operations, file: source, at: path === undefined ? at : [] };
    }
    return {
      kind: 'strategic',
      objects: reading.documents.flatMap((document, index) => (isMap(document) ? [{ file: source, document: index, body: document }] : [])),
    };
  }
}

/** Most runs ask little of most kustomizations: what is below one, and its patches, is read when it is asked for. */
class ReadKustomization implements Kustomization {
  readonly kind: string;
  readonly rendered = undefined;
  #below: Pick<Kustomization, 'resources' | 'bases'> | undefined;
  #patches: readonly PatchSource[] | undefined;

  constructor(
    readonly folder: string,
    readonly file: string,
    readonly body: ValueMap,
    private readonly reader: KustomizationReader,
    private readonly readPatches: () => readonly PatchSource[],
  ) {
    this.kind = textAt(body, 'kind') ?? 'Kustomization';
  }

  get resources(): readonly SourceDocument[] {
    return this.#entries().resources;
  }

  get bases(): Kustomization['bases'] {
    return this.#entries().bases;
  }

  get patches(): readonly PatchSource[] {
    return (this.#patches ??= this.readPatches());
  }

  get openapi(): ValueMap | undefined {
    const path = textAt(this.body, 'openapi', 'path');
    return path === undefined ? undefined : this.reader.documents(posix.join(this.folder, path))[0]?.body;
  }

  #entries(): Pick<Kustomization, 'resources' | 'bases'> {
    if (this.#below !== undefined) return this.#below;
    const resources: SourceDocument[] = [];
    const bases: { path: FieldPath; kustomization: Kustomization }[] = [];
    for (const field of ['resources', 'bases', 'components', 'crds']) {
      for (const [index, entry] of listAt(this.body, field).entries()) {
        if (typeof entry !== 'string' || /^[a-z+]+:\/\/|^[^/]+@/.test(entry)) continue;
        const path = posix.join(this.folder, entry);
        const kustomization = /\.(?:ya?ml|json)$/.test(entry) ? undefined : this.reader.read(path);
        if (kustomization !== undefined) bases.push({ path: [field, index], kustomization });
        else if (field === 'resources') resources.push(...this.reader.documents(path));
      }
    }
    return (this.#below = { resources, bases });
  }
}

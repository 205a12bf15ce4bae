import type { Value } from '@millrace/kustomize';

import { fieldAt, isMap, listAt, textAt, type FieldPath } from '../field.js';
import { layersOf, type SourceDocument } from '../sources/kustomization.js';
import type { KustomizationReader } from '../sources/read-kustomizations.js';
import { readYaml } from '../sources/read-yaml.js';
import type { Subject } from '../subject.js';
import { declaredPlace, type DeclaredFiles } from './declared-place.js';
import { YamlPositions } from './yaml-positions.js';

/** Where a person goes to put something right. */
export interface Location {
  /** Path from the run's root. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Finds the place that a person edits for a field of a resource, through overlays and generated files. */
export class Locator {
  readonly #reader: KustomizationReader;
  readonly #files: DeclaredFiles;
  readonly #positions = new Map<string, YamlPositions>();
  readonly #bodies = new Map<string, Value | undefined>();

  /**
   * @param reader the run's kustomizations
   * @param read a file's text, standard input's included; undefined where it cannot be read
   */
  constructor(reader: KustomizationReader, read: (file: string) => string | undefined) {
    this.#reader = reader;
    this.#files = { read, positionsOf: (file) => this.#positionsOf(file), bodyOf: (file) => this.#bodyOf(file) };
  }

  /** The place of a field of a resource; the deepest part of the path that is written somewhere. */
  ofField(subject: Subject, path: FieldPath): Location {
    const { origin } = subject;
    if (origin.kind === 'file') return this.ofFile(origin.file, origin.document, origin.item === undefined ? path : ['items', origin.item, ...path], subject);
    const found = this.#inSources(subject, origin.overlay, path);
    if (found !== undefined) return found;
    const kustomization = this.#reader.read(origin.overlay)?.file ?? origin.overlay;
    return this.ofFile(kustomization, 0, [], subject);
  }

  /** The place of a field of a file; where Millrace made the file, the place in the declared file it comes from. */
  ofFile(file: string, document: number, path: FieldPath, subject?: Subject): Location {
    const declared = declaredPlace(file, path, subject, this.#files);
    if (declared !== undefined) return declared;
    const { line, column } = this.#positionsOf(file).placeOf(document, path);
    return { file, line, column };
  }

  #positionsOf(file: string): YamlPositions {
    let positions = this.#positions.get(file);
    if (positions === undefined) this.#positions.set(file, (positions = new YamlPositions(this.#files.read(file) ?? '')));
    return positions;
  }

  #bodyOf(file: string): Value | undefined {
    if (!this.#bodies.has(file)) {
      const reading = readYaml(this.#files.read(file) ?? '');
      this.#bodies.set(file, reading.kind === 'read' ? reading.documents[0] : undefined);
    }
    return this.#bodies.get(file);
  }

  /** Patches win over what they patch, and the layers above over those below: what is written last is what stands. */
  #inSources(subject: Subject, overlay: string, path: FieldPath): Location | undefined {
    const root = this.#reader.read(overlay);
    if (root === undefined) return undefined;
    let best: { readonly source: SourceDocument; readonly path: FieldPath; readonly depth: number; readonly isResource: boolean } | undefined;
    const offer = (source: SourceDocument, isResource: boolean): void => {
      const own = pathIn(source, subject, path);
      const depth = depthOf(source, own);
      // A patch says only what it changes: what nobody wrote belongs to the resource itself.
      if (best === undefined || depth > best.depth || (depth === best.depth && depth < path.length && isResource && !best.isResource))
        best = { source, path: own, depth, isResource };
    };
    for (const layer of [...layersOf(root)].reverse()) {
      for (const { content, target } of [...layer.patches].reverse()) {
        if (content.kind === 'strategic') {
          for (const object of content.objects)
            if (target === undefined ? isSame(object, subject) : isTarget(textAt(target, 'name'), subject)) offer(object, false);
        } else if (target !== undefined && isTarget(textAt(target, 'name'), subject) && isTarget(textAt(target, 'kind'), subject, subject.resource.kind)) {
          const pointer = `/${path.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;
          const index = content.operations.findIndex((operation) => textAt(operation, 'path') === pointer);
          if (index >= 0) return this.ofFile(content.file, 0, content.at.length === 0 ? [index] : content.at, subject);
        }
      }
      for (const source of layer.resources) if (isSame(source, subject)) offer(source, true);
    }
    return best === undefined ? undefined : this.ofFile(best.source.file, best.source.document, best.path, subject);
  }
}

/** Whether a document is what a resource was made from: names may have gained a prefix, a suffix or a hash on the way. */
function isSame({ body }: SourceDocument, { resource }: Subject): boolean {
  const name = textAt(body, 'metadata', 'name');
  return textAt(body, 'kind') === resource.kind && name !== undefined && name !== '' && resource.name.includes(name);
}

function isTarget(expression: string | undefined, subject: Subject, against = subject.resource.name): boolean {
  if (expression === undefined) return true;
  try {
    return new RegExp(`^(?:${expression})$`).test(against);
  } catch {
    return false;
  }
}

/** The path as a source has it: its lists may have other lengths, so an element is found by its name where it has one. */
function pathIn({ body }: SourceDocument, { resource }: Subject, path: FieldPath): FieldPath {
  const own: (string | number)[] = [];
  for (const [index, step] of path.entries()) {
    if (typeof step !== 'number') {
      own.push(step);
      continue;
    }
    const element = fieldAt(resource.body, ...path.slice(0, index), step);
    const name = isMap(element) ? textAt(element, 'name') : undefined;
    const here = name === undefined ? -1 : listAt(body, ...own).findIndex((item) => textAt(item, 'name') === name);
    own.push(name === undefined ? step : here < 0 ? Number.MAX_SAFE_INTEGER : here);
  }
  return own;
}

function depthOf({ body }: SourceDocument, path: FieldPath): number {
  let depth = 0;
  while (depth < path.length && fieldAt(body, ...path.slice(0, depth + 1)) !== undefined) depth += 1;
  return depth;
}

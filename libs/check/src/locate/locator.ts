import type { Value } from '@millrace/kustomize';

import { textAt, type FieldPath } from '../field.js';
import type { KustomizationReader } from '../sources/read-kustomizations.js';
import { readYaml } from '../sources/read-yaml.js';
import type { Subject } from '../subject.js';
import { declaredPlace, type DeclaredFiles } from './declared-place.js';
import { sourceOf } from './source-of.js';
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
    const root = this.#reader.read(origin.overlay);
    const source = root === undefined ? undefined : sourceOf(root, subject, path);
    if (source === undefined) return this.ofFile(root?.file ?? origin.overlay, 0, [], subject);
    if (source.inline !== undefined) return this.#ofInline(source.file, source.inline, source.document, source.path);
    return this.ofFile(source.file, source.document, source.path, subject);
  }

  /** The place in a text of a file that is YAML itself: a patch that is written into a kustomization. */
  #ofInline(file: string, at: FieldPath, document: number, path: FieldPath): Location {
    const outer = this.#positionsOf(file).placeOf(0, at);
    const text = textAt(this.#bodyOf(file), ...at) ?? '';
    const lines = (this.#files.read(file) ?? '').split('\n');
    const first = lines.findIndex((line, index) => index >= outer.line - 1 && line.trim() !== '' && line.trim() === text.split('\n')[0]?.trim());
    // A text in quotes, or folded: its lines are not the file's.
    if (first < 0) return { file, line: outer.line, column: outer.column };
    const inner = new YamlPositions(text).placeOf(document, path);
    const indent = /^\s*/.exec(lines[first] ?? '')?.[0].length ?? 0;
    return { file, line: first + inner.line, column: indent - (/^\s*/.exec(text)?.[0].length ?? 0) + inner.column };
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
}

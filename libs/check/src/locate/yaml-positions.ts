import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseAllDocuments, type Document, type Node, type Pair } from 'yaml';

import type { FieldPath } from '../field.js';
import type { Mark } from '../sources/read-yaml.js';

/** A place in a file, and how much of the path that was asked for is there. */
export interface Place extends Mark {
  /** How many steps of the path were found. */
  readonly depth: number;
}

/** Where the fields of a YAML text stand. */
export class YamlPositions {
  readonly #lines = new LineCounter();
  readonly #documents: readonly Document[];

  constructor(text: string) {
    const documents = parseAllDocuments(text, { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
    this.#documents = Array.isArray(documents) ? documents : [];
  }

  /**
   * The place of a field: of its key in a map, of its first character in a list. Where the path is not all there, the deepest part
   * that is; the document's first line where nothing is.
   * @param document which document of the file, from zero
   */
  placeOf(document: number, path: FieldPath): Place {
    const contents = this.#documents[document]?.contents;
    let node: unknown = contents;
    let offset = isNode(contents) ? (contents.range?.[0] ?? 0) : 0;
    let depth = 0;
    for (const step of path) {
      const next = childOf(this.#resolved(document, node), step);
      if (next === undefined) break;
      offset = next.offset ?? offset;
      node = next.value;
      depth += 1;
    }
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), depth };
  }

  #resolved(document: number, node: unknown): unknown {
    const whole = this.#documents[document];
    return isAlias(node) && whole !== undefined ? node.resolve(whole) : node;
  }
}

function childOf(node: unknown, step: string | number): { readonly offset: number | undefined; readonly value: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item: Pair) => isScalar(item.key) && String(item.key.value) === String(step));
    if (pair === undefined) return undefined;
    return { offset: startOf(pair.key), value: pair.value };
  }
  if (isSeq(node) && typeof step === 'number') {
    const item = node.items[step];
    return item === undefined ? undefined : { offset: startOf(item), value: item };
  }
  return undefined;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node satisfies Node).range?.[0] : undefined;
}

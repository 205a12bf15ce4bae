import { isScalar, LineCounter, parseAllDocuments, visit, type Pair } from 'yaml';

import type { Mark } from './read-yaml.js';

/** A key that a map has twice. */
export interface DuplicateKey extends Mark {
  /** Which key it is, and what it says in both places, as far as that is no text: a text may be a password. */
  readonly message: string;
}

/**
 * Looks for the first key that is there twice in a text that is otherwise YAML.
 * @param mark where the reader met it, for a text in which it cannot be found again
 */
export function duplicateKey(text: string, mark: Mark): DuplicateKey {
  const lines = new LineCounter();
  const found: DuplicateKey[] = [];
  for (const document of [parseAllDocuments(text, { uniqueKeys: false, lineCounter: lines, prettyErrors: false, logLevel: 'silent' })].flat()) {
    visit(document, {
      Map: (_key, map) => {
        const known = new Map<unknown, Pair>();
        for (const pair of map.items) {
          if (!isScalar(pair.key)) continue;
          const before = known.get(pair.key.value);
          known.set(pair.key.value, before ?? pair);
          if (before !== undefined) found.push(told(String(pair.key.value), before, pair, lines));
        }
      },
    });
  }
  const [first] = found.sort((one, other) => one.line - other.line || one.column - other.column);
  return first === undefined ? { ...mark, message: 'a key of this map is there twice' } : { ...mark, message: first.message };
}

function told(key: string, before: Pair, again: Pair, lines: LineCounter): DuplicateKey {
  const { line, col: column } = startOf(again, lines);
  return { line, column, message: `the key ${key} is there twice: ${plainly(before)}in line ${startOf(before, lines).line}, and ${plainly(again)}here` };
}

function startOf({ key }: Pair, lines: LineCounter): { readonly line: number; readonly col: number } {
  return lines.linePos(isScalar(key) ? (key.range?.[0] ?? 0) : 0);
}

function plainly({ value }: Pair): string {
  return isScalar(value) && ['number', 'bigint', 'boolean'].includes(typeof value.value) ? `${String(value.value)} ` : '';
}

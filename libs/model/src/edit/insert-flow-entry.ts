import { endsLine, isBlank, lineEnd, lineStart } from './lines.js';
import type { Source, SourceCollection, SourceEntry } from './source-node.js';
import type { Splice } from './splice.js';
import { writeFlow, writeFlowPair } from './write-flow.js';
import type { YamlValue } from './yaml-value.js';

/**
 * Adds a pair at the end of `{…}`, or an item before the item of `[…]` that has the index `key` (or at the end): on a
 * line of its own where the neighbour has one, and with a comma at the end where the last entry has one.
 */
export function insertFlowEntry(source: Source, collection: SourceCollection, key: string | number, value: YamlValue): Splice[] {
  const { entries } = collection;
  const [first] = entries;
  const last = entries.at(-1);
  const written = typeof key === 'number' ? writeFlow(value, source.style) : writeFlowPair(key, value, source.style, last?.keyForm);
  if (first === undefined) return [fillBrackets(source, collection, written)];
  const previous = typeof key === 'number' ? entries[key - 1] : last;
  return previous === undefined ? [insertBefore(source, first, written)] : insertBehind(source, previous, written);
}

function fillBrackets({ text }: Source, { span }: SourceCollection, written: string): Splice {
  const start = span.start + 1;
  const end = span.end - 1;
  return { start, end: isBlank(text, start, end) ? end : start, text: written };
}

function insertBefore({ text, eol }: Source, { span: { start } }: SourceEntry, written: string): Splice {
  const indentation = indentationOf(text, start);
  return { start, end: start, text: indentation === undefined ? `${written}, ` : `${written},${eol}${indentation}` };
}

function insertBehind({ text, eol }: Source, { span: { start, end }, comma }: SourceEntry, written: string): Splice[] {
  const indentation = indentationOf(text, start);
  const behind = comma === undefined ? end : comma + 1;
  if (indentation === undefined) {
    return [{ start: behind, end: behind, text: comma === undefined ? `, ${written}` : ` ${written},` }];
  }
  const line = eol + indentation + written;
  // A comment behind the neighbour stays on its line.
  const below = endsLine(text, behind) ? lineEnd(text, behind) : behind;
  if (comma !== undefined) return [{ start: below, end: below, text: `${line},` }];
  return [
    { start: behind, end: behind, text: ',' },
    { start: below, end: below, text: line },
  ];
}

/** What stands before `offset` on its line, if that is nothing but white space. */
function indentationOf(text: string, offset: number): string | undefined {
  const start = lineStart(text, offset);
  return isBlank(text, start, offset) ? text.slice(start, offset) : undefined;
}

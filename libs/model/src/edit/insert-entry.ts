import { insertFlowEntry } from './insert-flow-entry.js';
import { columnOf, commentsBelow, isBlank, lineEnd, nextLine } from './lines.js';
import { replaceValue } from './replace-value.js';
import type { Source, SourceCollection, SourceEntry } from './source-node.js';
import type { Splice } from './splice.js';
import { writeItem, writePair } from './write-block.js';
import type { YamlValue } from './yaml-value.js';

/**
 * Adds a pair at the end of a mapping, or an item before the item that has the index `key` (or at the end). An empty
 * `{}` or `[]` becomes a block collection, unless it stands inside brackets itself or has comments inside.
 *
 * @param holder the entry whose value is `collection`
 */
export function insertEntry(source: Source, holder: SourceEntry, collection: SourceCollection, key: string | number, value: YamlValue): Splice[] {
  const { text, eol } = source;
  const { entries, span } = collection;
  const [first] = entries;
  if (first === undefined && !collection.inFlow && isBlank(text, span.start + 1, span.end - 1)) {
    return replaceValue(source, holder, collection.kind === 'map' ? { [key]: value } : [value]);
  }
  if (collection.layout === 'flow' || first === undefined) return [...insertFlowEntry(source, collection, key, value)];

  const column = columnOf(text, first.span.start);
  const lines =
    typeof key === 'number' ? writeItem(value, gapOf(source, first), source.style) : writePair(key, value, entries.at(-1)?.keyForm ?? 'plain', source.style);
  const indentation = ' '.repeat(column);
  const before = lines.map((line) => (line === '' ? '' : indentation + line));

  const index = typeof key === 'number' ? key : entries.length;
  const previous = entries[index - 1];
  if (previous === undefined) {
    return [{ start: first.span.start, end: first.span.start, text: before.join(eol).slice(column) + eol + indentation }];
  }
  const isLast = index === entries.length;
  const offset = commentsBelow(text, previous.span.end, isLast ? ownColumn(source, holder, column) : column + 1, 'end');
  const gap = entries.length > 1 && areSpaced(text, entries) ? [''] : [];
  return [{ start: offset, end: offset, text: [...gap, ...before].map((line) => eol + line).join('') }];
}

/**
 * From which column on a comment below the last entry belongs to the collection. One that stands as far left as the key
 * above a sequence may as well introduce the next key.
 */
function ownColumn({ text }: Source, { kind, span }: SourceEntry, column: number): number {
  return kind === 'pair' && columnOf(text, span.start) === column ? column + 1 : column;
}

/** Characters from a `-` to the value behind it, as the file has it. */
function gapOf({ text }: Source, { after, span, value }: SourceEntry): number {
  const isBehind = value.span.start > after && value.span.start < lineEnd(text, after);
  return isBehind ? value.span.start - span.start : 2;
}

/** Whether an empty line stands between every two entries. */
function areSpaced(text: string, entries: readonly SourceEntry[]): boolean {
  return entries.slice(1).every(({ span }, at) => {
    const previous = entries[at];
    if (previous === undefined) return false;
    const start = nextLine(text, previous.span.end);
    return /(?:^|\n)[ \t]*\r?\n/.test(text.slice(start, span.start));
  });
}

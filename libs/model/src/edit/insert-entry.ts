import { entryColumn, keepsEmptyLines } from './entry-layout.js';
import { insertFlowEntry } from './insert-flow-entry.js';
import { commentsBelow, isBlank, lineEnd, nextLine } from './lines.js';
import { replaceValue } from './replace-value.js';
import type { Source, SourceCollection, SourceEntry } from './source-node.js';
import type { Splice } from './splice.js';
import { setIn, writeItem, writePair } from './write-block.js';
import type { YamlValue } from './yaml-value.js';

/**
 * Adds a pair at the end of a mapping, or an item before the item that has the index `key` (or at the end). An empty
 * `{}` or `[]` becomes a block collection, unless it stands inside brackets itself or has comments inside.
 *
 * @param holder the entry whose value is `collection`
 */
export function insertEntry(source: Source, holder: SourceEntry, collection: SourceCollection, key: string | number, value: YamlValue): Splice[] {
  const { text, eol, style } = source;
  const { entries, span } = collection;
  const [first] = entries;
  if (first === undefined && !collection.inFlow && isBlank(text, span.start + 1, span.end - 1)) {
    return replaceValue(source, holder, collection.kind === 'map' ? { [key]: value } : [value]);
  }
  if (collection.layout === 'flow' || first === undefined) return insertFlowEntry(source, collection, key, value);

  const column = entryColumn(source, first);
  const written = typeof key === 'number' ? writeItem(value, gapOf(source, first), style) : writePair(key, value, entries.at(-1)?.keyForm ?? 'plain', style);
  const lines = setIn(written, column);
  const index = typeof key === 'number' ? key : entries.length;
  const previous = entries[index - 1];
  if (previous === undefined) {
    const { start } = first.span;
    return [{ start, end: start, text: lines.join(eol).slice(column) + eol + ' '.repeat(column) }];
  }
  const commentColumn = index < entries.length ? column + 1 : ownColumn(source, holder, column);
  const offset = commentsBelow(text, previous.span.end, commentColumn, 'end');
  const isSpaced = areSpaced(source, entries) && !keepsEmptyLines(source, previous.value);
  return [{ start: offset, end: offset, text: [...(isSpaced ? [''] : []), ...lines].map((line) => eol + line).join('') }];
}

/**
 * From which column on a comment below the last entry belongs to the collection. One that stands as far left as the key
 * above a sequence may as well introduce the next key.
 */
function ownColumn(source: Source, holder: SourceEntry, column: number): number {
  return holder.kind === 'pair' && entryColumn(source, holder) === column ? column + 1 : column;
}

/** Characters from a `-` to the value behind it, as the file has it. */
function gapOf({ text }: Source, { after, span, value }: SourceEntry): number {
  const isBehind = value.span.start > after && value.span.start < lineEnd(text, after);
  return isBehind ? value.span.start - span.start : 2;
}

/** Whether an empty line stands between every two entries, and there are two. */
function areSpaced({ text }: Source, entries: readonly SourceEntry[]): boolean {
  const gaps = entries.slice(1).map(({ span }, at) => text.slice(nextLine(text, entries[at]?.span.end ?? 0), span.start));
  return gaps.length > 0 && gaps.every((gap) => /(?:^|\n)[ \t]*\r?\n/.test(gap));
}

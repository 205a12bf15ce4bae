import { columnOf, commentsBelow, isBlank, lineEnd, lineStart, nextLine, previousLineEnd } from './lines.js';
import { removeFlowEntry } from './remove-flow-entry.js';
import { standsBehind } from './replace-value.js';
import type { Source, SourceCollection, SourceEntry } from './source-node.js';
import type { Splice } from './splice.js';

/**
 * Takes an entry out, with the comment at the end of its line and the comments inside. Comments above it stay. A
 * collection that loses its last entry becomes `{}` or `[]`.
 *
 * @param holder the entry whose value is `collection`
 */
export function removeEntry(source: Source, holder: SourceEntry, collection: SourceCollection, entry: SourceEntry): Splice[] {
  if (collection.layout === 'flow') return removeFlowEntry(source, collection, entry);
  const { text } = source;
  const { entries } = collection;
  const end = blockEnd(source, entry);
  if (entries.length === 1) {
    const empty = collection.kind === 'map' ? '{}' : '[]';
    if (holder.kind === 'root' || standsBehind(source, holder)) return [{ start: entry.span.start, end, text: empty }];
    return [{ start: holder.after, end: holder.after, text: ` ${empty}` }, wholeLines(source, collection, entry, end)];
  }
  // `- a: 1` loses `a`: the next key moves up behind the `-`.
  const isCompact = !isBlank(text, lineStart(text, entry.span.start), entry.span.start);
  if (isCompact) {
    const next = /[^ \t\r\n]/.exec(text.slice(end));
    return [{ start: entry.span.start, end: end + (next?.index ?? 0), text: '' }];
  }
  return [wholeLines(source, collection, entry, end)];
}

/** The end of an entry's last line, comments inside its block included. */
function blockEnd({ text }: Source, { span, value }: SourceEntry): number {
  const isBlock = (value.kind === 'map' || value.kind === 'seq') && value.layout === 'block';
  return isBlock ? commentsBelow(text, span.end, columnOf(text, span.start) + 1, 'pass') : lineEnd(text, span.end);
}

/** The lines of an entry. Of the empty lines around them only those above stay, and none at the end of the file. */
function wholeLines({ text }: Source, { entries }: SourceCollection, entry: SourceEntry, end: number): Splice {
  const start = lineStart(text, entry.span.start);
  const previous = entries[entries.indexOf(entry) - 1];
  const above = previous === undefined ? start : nextLine(text, previous.span.end);
  const below = nextLine(text, end);
  const following = below + (/^(?:[ \t]*\r?\n)*/.exec(text.slice(below))?.[0].length ?? 0);
  const isLast = isBlank(text, below, text.length);
  if (isLast) {
    // Up to the end of the line above: the file keeps its last line break, or keeps having none.
    const from = isBlank(text, above, start) && previous !== undefined ? lineEnd(text, previous.span.end) : previousLineEnd(text, start);
    return { start: from, end, text: '' };
  }
  const hasEmptyAbove = start > 0 && isBlank(text, lineStart(text, start - 1), start);
  return { start, end: hasEmptyAbove || start === 0 ? following : below, text: '' };
}

import { keepsEmptyLines, lastLineEnd, standsBehind } from './entry-layout.js';
import { isBlank, lineEnd, lineStart, nextLine, previousLineEnd } from './lines.js';
import { removeFlowEntry } from './remove-flow-entry.js';
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
  const { start } = entry.span;
  const end = lastLineEnd(source, entry);
  if (collection.entries.length === 1) {
    const empty = collection.kind === 'map' ? '{}' : '[]';
    if (holder.kind === 'root' || standsBehind(source, holder)) return [{ start, end, text: empty }];
    return [{ start: holder.after, end: holder.after, text: ` ${empty}` }, wholeLines(source, collection, entry, end)];
  }
  const isFirstBehindDash = !isBlank(text, lineStart(text, start), start);
  if (!isFirstBehindDash) return [wholeLines(source, collection, entry, end)];
  // The next key, or the comment above it, moves up behind the dash.
  const next = Math.max(text.slice(end).search(/[^ \t\r\n]/), 0);
  return [{ start, end: end + next, text: '' }];
}

/** The lines of an entry. Of the empty lines around them only those above stay, and none at the end of the file. */
function wholeLines(source: Source, { entries }: SourceCollection, entry: SourceEntry, end: number): Splice {
  const { text } = source;
  const start = lineStart(text, entry.span.start);
  const previous = entries[entries.indexOf(entry) - 1];
  const below = nextLine(text, end);
  if (isBlank(text, below, text.length)) {
    // From the end of the line above: the file keeps its last line break, or keeps having none.
    const isSpaced = previous !== undefined && isBlank(text, nextLine(text, previous.span.end), start);
    return { start: isSpaced ? lineEnd(text, previous.span.end) : previousLineEnd(text, start), end, text: '' };
  }
  const hasEmptyAbove = start === 0 || isBlank(text, lineStart(text, start - 1), start);
  const wouldGrow = previous !== undefined && keepsEmptyLines(source, previous.value);
  const emptyBelow = /^(?:[ \t]*\r?\n)*/.exec(text.slice(below))?.[0].length ?? 0;
  return { start, end: hasEmptyAbove || wouldGrow ? below + emptyBelow : below, text: '' };
}

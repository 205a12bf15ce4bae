import { endsLine, isBlank, lineStart, nextLine } from './lines.js';
import type { Source, SourceCollection, SourceEntry, Span } from './source-node.js';
import type { Splice } from './splice.js';

/** Takes an entry out of `[…]` or `{…}`, with one comma; with its whole lines where it shares them with no other entry. */
export function removeFlowEntry({ text }: Source, collection: SourceCollection, entry: SourceEntry): Splice[] {
  const { entries } = collection;
  const { span, comma } = entry;
  const previous = entries[entries.indexOf(entry) - 1];
  const gone: Span[] = [];
  if (comma !== undefined) {
    gone.push(...joined(text, span, { start: comma, end: comma + 1 }));
  } else if (previous?.comma !== undefined) {
    gone.push(...joined(text, { start: previous.comma, end: previous.comma + 1 }, span));
  } else {
    gone.push(span);
  }
  if (entries.length === 1) {
    const inside = { start: collection.span.start + 1, end: collection.span.end - 1 };
    const bare = gone.reduceRight((rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end), text);
    if (isBlank(bare, inside.start, inside.end)) return [{ ...inside, text: '' }];
  }
  return gone.map((piece) => ({ ...withSpace(text, piece), text: '' }));
}

/** Two neighbouring pieces as one, where only spaces are between them. */
function joined(text: string, first: Span, second: Span): Span[] {
  const between = text.slice(first.end, second.start);
  return /^[ \t]*$/.test(between) ? [{ start: first.start, end: second.end }] : [first, second];
}

/** A piece with its lines if they hold nothing else (a comment at the end goes too), else with the spaces on one side. */
function withSpace(text: string, { start, end }: Span): Span {
  const line = lineStart(text, start);
  if (isBlank(text, line, start) && endsLine(text, end)) return { start: line, end: nextLine(text, end) };
  if (endsLine(text, end)) return { start: start - (/[ \t]*$/.exec(text.slice(0, start))?.[0].length ?? 0), end };
  // The space behind a comma goes with it; the one before a closing brace stays.
  return { start, end: end + (text[end - 1] === ',' ? (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0) : 0) };
}

import { columnOf, commentsBelow, lineEnd, lineStart } from './lines.js';
import type { Source, SourceCollection, SourceEntry, SourceNode, SourceScalar } from './source-node.js';

/** Whether a node is a collection laid out by indentation. */
export function isBlock(node: SourceNode): node is SourceCollection {
  return (node.kind === 'map' || node.kind === 'seq') && node.layout === 'block';
}

/** Whether nothing stands where a value could. */
export function isAbsent(node: SourceNode): boolean {
  return node.kind === 'scalar' && node.form === 'absent';
}

/** Column of an entry's key or dash, counted from 0. */
export function entryColumn({ text }: Source, { span }: SourceEntry): number {
  return columnOf(text, span.start);
}

/** Whether an entry's value begins on the line of its `:` or `-`. */
export function standsBehind({ text }: Source, { after, value }: SourceEntry): boolean {
  return lineStart(text, value.span.start) <= after;
}

/** The end of an entry's last line; of a block collection, with the comments below that are set in deeper than its key. */
export function lastLineEnd(source: Source, entry: SourceEntry): number {
  const { text } = source;
  const { end } = entry.span;
  return isBlock(entry.value) ? commentsBelow(text, end, entryColumn(source, entry) + 1, 'pass') : lineEnd(text, end);
}

/** Whether empty lines right below a node would belong to it: it ends in a text block that keeps them, `|+`. */
export function keepsEmptyLines(source: Source, node: SourceNode): boolean {
  const last = lastLiteral(node);
  return last !== undefined && header(source, last).includes('+');
}

/**
 * Whether the text ends inside a text block without the line break that its value has: the yaml package adds it, other
 * readers do not.
 */
export function endsOpen(source: Source): boolean {
  const last = lastLiteral(source.root.value);
  if (last?.span.end !== source.text.length || source.text.endsWith('\n')) return false;
  return !header(source, last).includes('-');
}

/** The text block that a node ends in. */
function lastLiteral(node: SourceNode): SourceScalar | undefined {
  if (node.kind === 'scalar') return node.form === 'literal' ? node : undefined;
  const last = isBlock(node) ? node.entries.at(-1) : undefined;
  return last === undefined ? undefined : lastLiteral(last.value);
}

function header({ text }: Source, { span, headEnd }: SourceScalar): string {
  return text.slice(span.start, headEnd);
}

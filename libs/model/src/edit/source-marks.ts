import type { CST } from 'yaml';

/** Tokens that are no part of a value or of what introduces it. */
const BETWEEN = new Set<CST.SourceToken['type']>(['space', 'newline', 'comment', 'comma']);

/** The indicators, anchors and tags among tokens: `-`, `?`, `:`, `&name`, `!tag`. */
export function marksOf(tokens: readonly CST.SourceToken[] = []): CST.SourceToken[] {
  return tokens.filter((token) => !BETWEEN.has(token.type));
}

/** The first token of a type. */
export function findMark(tokens: readonly CST.SourceToken[] = [], type: CST.SourceToken['type']): CST.SourceToken | undefined {
  return tokens.find((token) => token.type === type);
}

/** Offset just behind a token. */
export function endOf(token: CST.SourceToken): number {
  return token.offset + token.source.length;
}

/** Whether an entry of the parser's list is one of the file's too; the others only carry comments or a last comma. */
export function holdsEntry(item: CST.CollectionItem): boolean {
  return item.key !== undefined || item.sep !== undefined || item.value !== undefined || marksOf(item.start).length > 0;
}

/** Offset of the comma behind an entry: the parser keeps it in front of the next one. */
export function commaBehind(items: readonly CST.CollectionItem[], item: CST.CollectionItem): number | undefined {
  return findMark(items[items.indexOf(item) + 1]?.start, 'comma')?.offset;
}

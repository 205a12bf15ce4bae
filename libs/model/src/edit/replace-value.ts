import { EditError } from './edit-error.js';
import { columnOf, commentsBelow, isBlank, lineEnd, lineStart, previousLineEnd } from './lines.js';
import { replaceRoot } from './replace-root.js';
import type { ScalarForm, Source, SourceEntry, SourceNode } from './source-node.js';
import type { Splice } from './splice.js';
import { type Placement, setIn, writeItemValue, writePairValue, type Written } from './write-block.js';
import { writeFlow } from './write-flow.js';
import type { YamlValue } from './yaml-value.js';

/**
 * Puts a value in the place of the one an entry holds. Comments behind the old value, and between it and its key, stay.
 *
 * @throws EditError for an explicit key (`? key`) that has no `:`
 */
export function replaceValue(source: Source, entry: SourceEntry, value: YamlValue): Splice[] {
  const old = entry.value;
  if (old.inFlow) return replaceInFlow(source, entry, value);
  if (entry.kind === 'root') return replaceRoot(source, entry, value);
  if (entry.kind === 'pair' && !entry.colon) {
    throw new EditError('expected a key with its :, found an explicit key without one', source.text, entry.span.start);
  }
  if (isBlock(old)) return standsBehind(source, entry) ? replaceCompact(source, entry, value) : replaceLines(source, entry, value);
  return isAbsent(old) ? fillAbsent(source, entry, value) : replaceInline(source, entry, value);
}

/** Whether the value begins on the line of its `:` or `-`. */
export function standsBehind({ text }: Source, { after, value }: SourceEntry): boolean {
  return lineStart(text, value.span.start) <= after;
}

/** How a string that replaces this node should be written. */
export function formOf(node: SourceNode): ScalarForm {
  return node.kind === 'scalar' ? node.form : 'plain';
}

/** Inside brackets everything stays on one line. */
function replaceInFlow({ style }: Source, { kind, after, colon, value: old }: SourceEntry, value: YamlValue): Splice[] {
  const form = formOf(old);
  const written = writeFlow(value, style, form === 'single' || form === 'double' ? form : style.flowStrings);
  if (!isAbsent(old)) return [{ ...old.span, text: written }];
  return [insertion(after, kind === 'pair' && !colon ? `: ${written}` : ` ${written}`)];
}

/** `key:` becomes `key: value`; what goes below stands under the comments that are set in deeper than the key. */
function fillAbsent(source: Source, entry: SourceEntry, value: YamlValue): Splice[] {
  const { head, body } = write(source, entry, value);
  const below = commentsBelow(source.text, entry.after, column(source, entry) + 1, 'end');
  return [behind(entry, head), insertion(below, lines(source, entry, body))];
}

/** A scalar, or a collection in brackets: its characters, and the lines of a text block below its header. */
function replaceInline(source: Source, entry: SourceEntry, value: YamlValue): Splice[] {
  const { text } = source;
  const { value: old, after } = entry;
  const { start, end } = old.span;
  const headEnd = old.kind === 'scalar' ? old.headEnd : end;
  const literalIndent = headEnd < end ? literalColumn(text, headEnd, end) - column(source, entry) : undefined;
  const { head, body } = write(source, entry, value, {
    form: formOf(old),
    gap: Math.max(columnOf(text, start) - column(source, entry), 2),
    ...(literalIndent !== undefined && literalIndent > 0 && { literalIndent }),
  });
  const below = lines(source, entry, body);
  const oldBody = { start: lineEnd(text, headEnd), end: lineEnd(text, end) };
  if (head !== '')
    return [
      { start, end: headEnd, text: head },
      { ...oldBody, text: below },
    ];

  // A block collection takes the place: nothing is left behind the key but comments.
  const under = headEnd < end ? oldBody : at(commentsBelow(text, end, column(source, entry) + 1, 'end'));
  if (standsBehind(source, entry))
    return [
      { start: after, end: headEnd, text: '' },
      { ...under, text: below },
    ];
  const alone = isBlank(text, headEnd, lineEnd(text, headEnd));
  const gone = alone ? { start: previousLineEnd(text, start), end: oldBody.start } : { start, end: headEnd };
  return [
    { ...gone, text: '' },
    { ...under, text: below },
  ];
}

/** A block collection that begins behind its `-` (or behind the `:` of an explicit key). */
function replaceCompact(source: Source, entry: SourceEntry, value: YamlValue): Splice[] {
  const { start, end } = entry.value.span;
  const { head, body } = write(source, entry, value, { gap: columnOf(source.text, start) - column(source, entry) });
  const from = head === '' ? entry.after : start;
  return [{ start: from, end: lineEnd(source.text, end), text: head + lines(source, entry, body) }];
}

/** A block collection on lines of its own, with the comments that are set in like it. */
function replaceLines(source: Source, entry: SourceEntry, value: YamlValue): Splice[] {
  const { text } = source;
  const { start, end } = entry.value.span;
  const { head, body } = write(source, entry, value);
  const blockEnd = commentsBelow(text, end, column(source, entry) + 1, 'pass');
  return [behind(entry, head), { start: previousLineEnd(text, start), end: blockEnd, text: lines(source, entry, body) }];
}

function write({ style }: Source, { kind }: SourceEntry, value: YamlValue, placement: Placement = {}): Written {
  return kind === 'item' ? writeItemValue(value, style, placement) : writePairValue(value, style, placement);
}

function lines(source: Source, entry: SourceEntry, body: readonly string[]): string {
  return setIn(body, column(source, entry))
    .map((line) => source.eol + line)
    .join('');
}

function column({ text }: Source, { span }: SourceEntry): number {
  return columnOf(text, span.start);
}

/** Column of the first line of a text block that is not empty. */
function literalColumn(text: string, headEnd: number, end: number): number {
  const first = /[^\s]/.exec(text.slice(lineEnd(text, headEnd), end));
  return first === null ? 0 : columnOf(text, lineEnd(text, headEnd) + first.index);
}

function behind({ after }: SourceEntry, head: string): Splice {
  return insertion(after, head && ` ${head}`);
}

function insertion(offset: number, text: string): Splice {
  return { ...at(offset), text };
}

function at(offset: number): Pick<Splice, 'start' | 'end'> {
  return { start: offset, end: offset };
}

function isBlock(node: SourceNode): boolean {
  return (node.kind === 'map' || node.kind === 'seq') && node.layout === 'block';
}

function isAbsent(node: SourceNode): boolean {
  return node.kind === 'scalar' && node.form === 'absent';
}

import { EditError } from './edit-error.js';
import { entryColumn, isAbsent, isBlock, lastLineEnd, standsBehind } from './entry-layout.js';
import { columnOf, commentsBelow, isBlank, lineEnd, previousLineEnd } from './lines.js';
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

/** Inside brackets everything stays on one line. */
function replaceInFlow({ style }: Source, { kind, after, colon, value: old }: SourceEntry, value: YamlValue): Splice[] {
  const form = formOf(old);
  const written = writeFlow(value, style, form === 'single' || form === 'double' ? form : style.flowStrings);
  if (!isAbsent(old)) return [{ ...old.span, text: written }];
  return [insertion(after, kind === 'pair' && !colon ? `: ${written}` : ` ${written}`)];
}

/** `key:` becomes `key: value`; what goes below stands under the comments that are set in deeper than the key. */
function fillAbsent(source: Source, entry: SourceEntry, value: YamlValue): Splice[] {
  const { text } = source;
  const { after } = entry;
  const form = hasCommentsBelow(source, entry, after) ? withComments(value, 'plain') : 'plain';
  const { head, body } = write(source, entry, value, { form });
  const below = commentsBelow(text, after, entryColumn(source, entry) + 1, 'end');
  return [headBehind(entry, head), insertion(below, linesOf(source, entry, body))];
}

/** A scalar, or a collection in brackets: its characters, and the lines of a text block below its header. */
function replaceInline(source: Source, entry: SourceEntry, value: YamlValue): Splice[] {
  const { text } = source;
  const { value: old, after } = entry;
  const { start, end } = old.span;
  const column = entryColumn(source, entry);
  const headEnd = old.kind === 'scalar' ? old.headEnd : end;
  const literalIndent = bodyColumn(text, headEnd, end) - column;
  const { head, body } = write(source, entry, value, {
    form: hasCommentsBelow(source, entry, end) ? withComments(value, formOf(old)) : formOf(old),
    gap: Math.max(columnOf(text, start) - column, 2),
    ...(literalIndent > 0 && { literalIndent }),
  });
  const lines = linesOf(source, entry, body);
  const oldBody = { start: lineEnd(text, headEnd), end: lineEnd(text, end) };
  if (head !== '')
    return [
      { start, end: headEnd, text: head },
      { ...oldBody, text: lines },
    ];

  // A block collection takes the place: nothing is left behind the key but comments.
  const below = headEnd < end ? { ...oldBody, text: lines } : insertion(commentsBelow(text, end, column + 1, 'end'), lines);
  if (standsBehind(source, entry)) return [{ start: after, end: headEnd, text: '' }, below];
  const isAlone = isBlank(text, headEnd, oldBody.start);
  const gone = isAlone ? { start: previousLineEnd(text, start), end: oldBody.start } : { start, end: headEnd };
  return [{ ...gone, text: '' }, below];
}

/** A block collection that begins behind its `-` (or behind the `:` of an explicit key). */
function replaceCompact(source: Source, entry: SourceEntry, value: YamlValue): Splice[] {
  const { start } = entry.value.span;
  const { head, body } = write(source, entry, value, {
    gap: columnOf(source.text, start) - entryColumn(source, entry),
  });
  const from = head === '' ? entry.after : start;
  return [{ start: from, end: lastLineEnd(source, entry), text: head + linesOf(source, entry, body) }];
}

/** A block collection on lines of its own. */
function replaceLines(source: Source, entry: SourceEntry, value: YamlValue): Splice[] {
  const { text } = source;
  const above = previousLineEnd(text, entry.value.span.start);
  const form = above > lineEnd(text, entry.after) ? withComments(value, 'plain') : 'plain';
  const { head, body } = write(source, entry, value, { form });
  return [headBehind(entry, head), { start: above, end: lastLineEnd(source, entry), text: linesOf(source, entry, body) }];
}

function write({ style }: Source, { kind }: SourceEntry, value: YamlValue, placement: Placement): Written {
  return kind === 'item' ? writeItemValue(value, style, placement) : writePairValue(value, style, placement);
}

function linesOf(source: Source, entry: SourceEntry, body: readonly string[]): string {
  return setIn(body, entryColumn(source, entry))
    .map((line) => source.eol + line)
    .join('');
}

/** How a string that replaces a node should be written. */
function formOf(node: SourceNode): ScalarForm {
  return node.kind === 'scalar' ? node.form : 'plain';
}

/** A text block would swallow comments that are set in as it is: a string that has such neighbours goes on one line. */
function withComments(value: YamlValue, form: ScalarForm): ScalarForm {
  return typeof value === 'string' && value.includes('\n') ? 'double' : form;
}

function hasCommentsBelow(source: Source, entry: SourceEntry, offset: number): boolean {
  return commentsBelow(source.text, offset, entryColumn(source, entry) + 1, 'pass') > lineEnd(source.text, offset);
}

/** Column of the first line of a text block that is not empty; 0 if there is none. */
function bodyColumn(text: string, headEnd: number, end: number): number {
  const body = lineEnd(text, headEnd);
  const first = text.slice(body, end).search(/[^ \t\r\n]/);
  return first === -1 ? 0 : columnOf(text, body + first);
}

function headBehind({ after }: SourceEntry, head: string): Splice {
  return insertion(after, head && ` ${head}`);
}

function insertion(offset: number, text: string): Splice {
  return { start: offset, end: offset, text };
}

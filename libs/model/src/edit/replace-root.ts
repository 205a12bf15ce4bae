import { isBlock } from './entry-layout.js';
import { lineEnd, lineStart } from './lines.js';
import type { Source, SourceEntry } from './source-node.js';
import type { Splice } from './splice.js';
import { writeLines } from './write-block.js';
import { isFilledCollection, type YamlValue } from './yaml-value.js';

/** Puts a value in the place of the whole document. A document without a value receives one below its comments. */
export function replaceRoot(source: Source, root: SourceEntry, value: YamlValue): Splice[] {
  const { text, eol, style } = source;
  const { after, value: old } = root;
  const { start, end } = old.span;
  const form = old.kind === 'scalar' ? old.form : 'plain';
  const lines = writeLines(value, style, form);
  if (form === 'absent') return [fillDocument(source, lines.join(eol))];

  if (isBlock(old)) return [{ start: lineStart(text, start), end: lineEnd(text, end), text: lines.join(eol) }];

  const headEnd = old.kind === 'scalar' ? old.headEnd : end;
  const comment = text.slice(headEnd, lineEnd(text, headEnd)).trimEnd();
  const oldEnd = Math.max(end, lineEnd(text, headEnd));
  if (!isFilledCollection(value)) {
    const [head = '', ...body] = lines;
    return [{ start, end: oldEnd, text: [head + comment, ...body].join(eol) }];
  }
  // A block has no line of its own that could end in the comment; nor may its first key stand behind `---`.
  const behindMarker = after > 0 && lineStart(text, start) < after;
  if (behindMarker) return [{ start: after, end: oldEnd, text: [comment, ...lines].join(eol) }];
  return [{ start, end: oldEnd, text: [...(comment === '' ? [] : [comment.trimStart()]), ...lines].join(eol) }];
}

function fillDocument({ text, eol, contentEnd }: Source, written: string): Splice {
  const filled = text.slice(0, contentEnd).replace(/[ \t\r\n]+$/, '').length;
  return filled === 0 ? { start: 0, end: contentEnd, text: written + eol } : { start: filled, end: filled, text: eol + written };
}

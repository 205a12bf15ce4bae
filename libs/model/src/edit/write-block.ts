import { isMapping } from '../mapping.js';
import type { ScalarForm } from './source-node.js';
import { writeFlow } from './write-flow.js';
import { writeKey } from './write-key.js';
import { writeLiteral, writeScalar } from './write-scalar.js';
import type { YamlStyle } from './yaml-style.js';
import { isFilledCollection, isSequence, type YamlValue } from './yaml-value.js';

/**
 * A value as it stands behind `key:` or `-`: what goes on that line, empty if nothing does, and the lines below, set in
 * from the column of the key or the `-`.
 */
export interface Written {
  readonly head: string;
  readonly body: readonly string[];
}

/** What is known of the place that receives the value. */
export interface Placement {
  /** How a string should be written if it can be. @default 'plain' */
  readonly form?: ScalarForm;
  /** Spaces by which a text block is set in. @default the style's indent under a key, the gap under a `-` */
  readonly literalIndent?: number;
  /** Characters from the `-` to the value behind it. @default 2 */
  readonly gap?: number;
}

/** The value of a pair. */
export function writePairValue(value: YamlValue, style: YamlStyle, placement: Placement = {}): Written {
  if (!isFilledCollection(value)) return writeInline(value, style, placement, style.indent);
  const indent = isSequence(value) && !style.indentSequences ? 0 : style.indent;
  return { head: '', body: setIn(writeLines(value, style), indent) };
}

/** The value of a sequence's item; its first line always stands behind the `-`. */
export function writeItemValue(value: YamlValue, style: YamlStyle, placement: Placement = {}): Written {
  const gap = placement.gap ?? 2;
  if (!isFilledCollection(value)) return writeInline(value, style, placement, gap);
  const [head = '', ...rest] = writeLines(value, style);
  return { head, body: setIn(rest, gap) };
}

/** The lines of a whole pair. */
export function writePair(key: string, value: YamlValue, keyForm: ScalarForm, style: YamlStyle): string[] {
  const { head, body } = writePairValue(value, style);
  return [`${writeKey(key, keyForm, 'block', style)}:${head && ` ${head}`}`, ...body];
}

/** The lines of a whole item, `gap` characters from its `-` to its value. */
export function writeItem(value: YamlValue, gap: number, style: YamlStyle): string[] {
  const { head, body } = writeItemValue(value, style, { gap });
  return ['-'.padEnd(gap) + head, ...body];
}

/** The lines of a value at the top of a document. */
export function writeLines(value: YamlValue, style: YamlStyle, form: ScalarForm = 'plain'): string[] {
  if (isSequence(value) && value.length > 0) return value.flatMap((item) => writeItem(item, 2, style));
  if (isMapping(value) && isFilledCollection(value)) {
    return Object.entries(value).flatMap(([key, item]) => writePair(key, item, 'plain', style));
  }
  const { head, body } = writeInline(value, style, { form }, style.indent);
  return [head, ...body];
}

/** Sets lines in by `spaces`; empty ones stay empty. */
export function setIn(lines: readonly string[], spaces: number): string[] {
  return lines.map((line) => (line === '' ? '' : ' '.repeat(spaces) + line));
}

function writeInline(value: YamlValue, style: YamlStyle, placement: Placement, literalIndent: number): Written {
  if (isSequence(value) || isMapping(value)) return { head: writeFlow(value, style), body: [] };
  const form = placement.form ?? 'plain';
  const literal = typeof value === 'string' ? writeLiteral(value, form) : undefined;
  if (literal === undefined) return { head: writeScalar(value, form, 'block', style), body: [] };
  return { head: literal.header, body: setIn(literal.lines, placement.literalIndent ?? literalIndent) };
}

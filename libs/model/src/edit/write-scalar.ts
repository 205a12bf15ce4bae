import { isPlainSafe } from './plain-scalar.js';
import type { ScalarForm } from './source-node.js';
import type { YamlStyle } from './yaml-style.js';
import type { YamlScalar } from './yaml-value.js';

/** A text block: its header (`|` or `|-`) and its lines, not yet set in. */
export interface Literal {
  readonly header: string;
  readonly lines: readonly string[];
}

/**
 * A scalar on one line.
 *
 * @param form how a string should be written if it can be; other scalars have only one form
 * @param place `flow` inside brackets or braces, `block` elsewhere
 */
export function writeScalar(value: YamlScalar, form: ScalarForm, place: 'block' | 'flow', style: YamlStyle): string {
  if (typeof value === 'string') return writeString(value, form, place, style);
  if (typeof value === 'number') return writeNumber(value);
  return String(value);
}

/**
 * The `|` form of a string, if it has one that reads well and cannot be misread: at least two lines (one, where a text
 * block stands already), none of them ending in white space, at most one line break at the end.
 */
export function writeLiteral(value: string, form: ScalarForm): Literal | undefined {
  if (form === 'single' || form === 'double') return undefined;
  const lines = value.replace(/\n$/, '').split('\n');
  const wanted = form === 'literal' ? value.includes('\n') : lines.length > 1;
  const readable = lines.every((line) => isRawSafe(line.replaceAll('\t', ' ')) && !/[ \t]$/.test(line));
  // A first line that is empty or set in would need an indentation indicator; a last one that is empty, `|+`.
  if (!wanted || !readable || !/^[^ \t]/.test(lines[0] ?? '') || lines.at(-1) === '') return undefined;
  return { header: value.endsWith('\n') ? '|' : '|-', lines };
}

function writeString(value: string, form: ScalarForm, place: 'block' | 'flow', style: YamlStyle): string {
  const quoted = form === 'single' || form === 'double';
  if (!quoted && isPlainSafe(value, place)) return value;
  const quotes = quoted ? form : style.quotes;
  return quotes === 'single' && isRawSafe(value) ? `'${value.replaceAll("'", "''")}'` : doubleQuoted(value);
}

/** Whether a string needs no escape: no control, format or unassigned characters, and no white space but the space. */
function isRawSafe(value: string): boolean {
  return !/[^\P{C}]|[^\P{Z} ]/u.test(value);
}

// Only escapes that JSON knows too, except \U: `\/` and `\x` differ between YAML versions and JSON.
const SHORT_ESCAPES = new Map([
  ['\n', '\\n'],
  ['\t', '\\t'],
  ['\r', '\\r'],
  ['"', '\\"'],
  ['\\', '\\\\'],
]);

function doubleQuoted(value: string): string {
  const escaped = value.replace(/["\\]|[^\P{C}]|[^\P{Z} ]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const long = code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
    return SHORT_ESCAPES.get(character) ?? long;
  });
  return `"${escaped}"`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).toUpperCase().padStart(digits, '0');
}

function writeNumber(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  if (Object.is(value, -0)) return '-0.0';
  // Above 2^53 String() writes the shortest digits that round back, which are not the digits of the integer.
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString();
  // YAML 1.1 takes 1e-7 for a string: its floats have a point.
  return String(value).replace(/^(-?\d+)e/, '$1.0e');
}

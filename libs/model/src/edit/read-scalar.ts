import type { CST, Scalar } from 'yaml';
import type { ScalarForm, Span } from './source-node.js';
import type { YamlScalar } from './yaml-value.js';

const FORMS: Readonly<Record<Scalar.Type, ScalarForm>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'literal',
};

/** What a scalar says, `undefined` if it is of a type that YAML's core schema does not have. */
export function scalarValue({ value }: Scalar.Parsed): YamlScalar | undefined {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return undefined;
}

/** How a scalar is written. */
export function scalarForm(node: Scalar.Parsed): ScalarForm {
  const form = FORMS[node.type ?? 'PLAIN'];
  return form === 'plain' && node.source === '' ? 'absent' : form;
}

/** Where a scalar stands; a text block ends before its last line break, like everything else. */
export function scalarSpan(node: Scalar.Parsed, text: string): Span {
  const [start, end] = node.range;
  const lineBreak = scalarForm(node) === 'literal' ? (/\r?\n$/.exec(text.slice(start, end))?.[0].length ?? 0) : 0;
  return { start, end: end - lineBreak };
}

/** End of what stands on a scalar's first line, where that is only the header of a text block; else `end`. */
export function headEnd(token: CST.Token | undefined, end: number): number {
  if (token?.type !== 'block-scalar') return end;
  const header = token.props.find((prop): prop is CST.SourceToken => prop.type === 'block-scalar-header');
  return header === undefined ? end : header.offset + header.source.length;
}

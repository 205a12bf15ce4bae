import { LineCounter, isMap, isNode, isPair, isScalar, isSeq, parseDocument, visit, type Document, type ParsedNode } from 'yaml';
import type * as z from 'zod';

import { describeIssue, type Complaint } from './describe-issue.js';
import { mergeConflict } from './merge-conflict.js';
import type { Position, Problem } from './problem.js';

export type Path = readonly PropertyKey[];

/** A declared file that was read and found right: its value, and its text, from which positions are found again. */
export interface Declared<T> {
  readonly file: string;
  readonly text: string;
  readonly value: T;
}

export type Reading<T> = { readonly kind: 'read'; readonly declared: Declared<T> } | { readonly kind: 'wrong'; readonly problems: readonly Problem[] };

/**
 * Reads one declared file. Every error of the file is reported at once, with its position: what YAML cannot parse,
 * numbers that YAML's versions read differently, and all that the schema refuses.
 */
export function readDeclared<S extends z.ZodType>(file: string, text: string, schema: S): Reading<z.output<S>> {
  const conflict = mergeConflict(file, text);
  if (conflict !== undefined) return { kind: 'wrong', problems: [conflict] };
  const lines = new LineCounter();
  const document = parseDocument(text, { intAsBigInt: true, lineCounter: lines, prettyErrors: false });
  const syntax = document.errors.map((error): Problem => ({
    file,
    position: toPosition(lines, error.pos[0]),
    message: `this is not YAML: ${error.message}`,
    remedy: error.code === 'DUPLICATE_KEY' ? 'Remove one of the two keys.' : 'Correct the syntax; a value with ": " or " #" in it wants quotes.',
  }));
  if (syntax.length > 0) return { kind: 'wrong', problems: syntax };

  const ambiguous = ambiguousNumbers(document).map(({ source, offset, value }): Problem => ({
    file,
    position: toPosition(lines, offset),
    message: `${source} is a number that YAML readers take for different values (here ${value})`,
    remedy: `Write ${value} if you mean the number, or "${source}" if you mean the text.`,
  }));
  const plain = plainValue(document);
  if (plain.kind === 'wrong') {
    return {
      kind: 'wrong',
      problems: [{ file, position: { line: 1, column: 1 }, message: plain.message, remedy: 'Write the value out instead of using an alias.' }],
    };
  }
  const parsed = schema.safeParse(plain.value, { reportInput: true });
  if (parsed.success && ambiguous.length === 0) return { kind: 'read', declared: { file, text, value: parsed.data } };

  const complaints = parsed.success ? [] : parsed.error.issues.flatMap((issue) => describeIssue(issue, schema));
  const broken = complaints.map((complaint) => toProblem(file, document, lines, complaint));
  return { kind: 'wrong', problems: [...ambiguous, ...broken] };
}

/**
 * Where a value of a declared file stands, for problems that show only beside other files.
 * The deepest part of `path` that exists is taken; the file's start where nothing does.
 */
export function locate(declared: Declared<unknown>, path: Path): Position {
  const lines = new LineCounter();
  const document = parseDocument(declared.text, { lineCounter: lines, prettyErrors: false });
  return toPosition(lines, offsetOf(document, path, 'value'));
}

/** What a document holds; an alias of nothing, of itself, or of too much is wrong. */
function plainValue(document: Document.Parsed): { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'wrong'; readonly message: string } {
  try {
    return { kind: 'value', value: smallIntegers(document.toJS()) };
  } catch (error) {
    return { kind: 'wrong', message: `an alias of this file leads nowhere: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function toProblem(file: string, document: Document.Parsed, lines: LineCounter, complaint: Complaint): Problem {
  return {
    file,
    position: toPosition(lines, offsetOf(document, complaint.path, complaint.at)),
    message: complaint.message,
    remedy: complaint.remedy,
  };
}

function toPosition(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function offsetOf(document: Document.Parsed, path: Path, at: 'key' | 'value'): number {
  let node: ParsedNode | null = document.contents;
  let offset = node?.range[0] ?? 0;
  for (const [index, step] of path.entries()) {
    let next: ParsedNode | null = null;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) return offset;
      if (isNode(pair.key)) offset = pair.key.range[0];
      if (index === path.length - 1 && at === 'key') return offset;
      next = pair.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)];
      if (item === undefined || isPair(item)) return offset;
      next = node.items[Number(step)] ?? null;
    }
    if (next === null) return offset;
    // An empty value has no width; its key is the better place to look at.
    if (next.range[0] !== next.range[1]) offset = next.range[0];
    node = next;
  }
  return offset;
}

interface AmbiguousNumber {
  readonly source: string;
  readonly value: string;
  readonly offset: number;
}

function ambiguousNumbers(document: Document.Parsed): readonly AmbiguousNumber[] {
  const found: AmbiguousNumber[] = [];
  visit(document, {
    Scalar(_key, node) {
      const { value, source, range } = node;
      if (typeof value !== 'number' && typeof value !== 'bigint') return;
      if (source !== undefined && source !== String(value)) found.push({ source, value: String(value), offset: range?.[0] ?? 0 });
    },
  });
  return found;
}

/** Integers were read as BigInt so that none is rounded; those that a number holds exactly become numbers. */
function smallIntegers(value: unknown): unknown {
  if (typeof value === 'bigint') return BigInt.asIntN(53, value) === value ? Number(value) : value;
  if (Array.isArray(value)) return value.map(smallIntegers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, smallIntegers(item)]));
}

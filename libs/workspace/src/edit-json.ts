import { isDeepStrictEqual } from 'node:util';

import { findNodeAtLocation, parse, parseTree, type Node, type ParseError } from 'jsonc-parser';

/**
 * A person's JSON with the value at a path set, the rest of its text as it was: comments, indentation, line ends, what
 * stands on one line. (jsonc-parser finds the places; its own `modify` lays out the neighbours anew.) Where a list only
 * grows, its new entries are added and the others are not touched. Undefined where the text is no JSON object.
 */
export function editJson(text: string, path: readonly string[], value: unknown): string | undefined {
  const root = readObject(text);
  if (root === undefined) return undefined;
  const layout: Layout = { unit: /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ', eol: text.includes('\r\n') ? '\r\n' : '\n' };
  const there = findNodeAtLocation(root, [...path]);
  if (there !== undefined) {
    const grown = grownBy(text, there, value);
    return grown.length > 0
      ? insert(
          text,
          there,
          grown.map((item) => printed(item, layout)),
          layout,
        )
      : splice(text, there.offset, there.length, value, layout);
  }
  // The nearest object on the way that is there gets what is missing, nested.
  let depth = path.length - 1;
  let parent = depth === 0 ? root : findNodeAtLocation(root, path.slice(0, depth));
  while (parent?.type !== 'object' && depth > 0) {
    depth -= 1;
    const upper = depth === 0 ? root : findNodeAtLocation(root, path.slice(0, depth));
    if (parent !== undefined && upper?.type === 'object') return splice(text, parent.offset, parent.length, nested(path.slice(depth + 1), value), layout);
    parent = upper;
  }
  if (parent?.type !== 'object') return undefined;
  return insert(text, parent, [`${JSON.stringify(path[depth])}: ${printed(nested(path.slice(depth + 1), value), layout)}`], layout);
}

/** A JSON object's tree, comments and closing commas allowed; undefined for anything else. */
function readObject(text: string): Node | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  return errors.length === 0 && root?.type === 'object' ? root : undefined;
}

interface Layout {
  readonly unit: string;
  readonly eol: string;
}

function nested(path: readonly string[], value: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

/** What a list has at its end that it had not; nothing where it is no list, or other entries changed. */
function grownBy(text: string, node: Node, value: unknown): readonly unknown[] {
  if (node.type !== 'array' || !Array.isArray(value)) return [];
  const before = node.children ?? [];
  const items: readonly unknown[] = value;
  return before.every((child, index) => isDeepStrictEqual(parse(text.slice(child.offset, child.offset + child.length)), items[index]))
    ? items.slice(before.length)
    : [];
}

function splice(text: string, offset: number, length: number, value: unknown, layout: Layout): string {
  return text.slice(0, offset) + indented(printed(value, layout), indentAt(text, offset), layout) + text.slice(offset + length);
}

/** Adds entries at the end of an object or a list: on lines of their own where it has lines, else on its line. */
function insert(text: string, node: Node, entries: readonly string[], layout: Layout): string {
  const close = node.offset + node.length - 1;
  const last = node.children?.at(-1);
  const outer = indentAt(text, node.offset);
  if (last === undefined) {
    if (node.type === 'array') return `${text.slice(0, node.offset)}[${entries.join(', ')}]${text.slice(close + 1)}`;
    const lines = entries.map((entry) => outer + layout.unit + indented(entry, outer + layout.unit, layout)).join(`,${layout.eol}`);
    return `${text.slice(0, node.offset)}{${layout.eol}${lines}${layout.eol}${outer}}${text.slice(close + 1)}`;
  }
  const end = last.offset + last.length;
  const after = text.slice(end, close);
  // What stands between is space, comments and perhaps a comma.
  const comma = after.replace(/\/\/.*|\/\*[^]*?\*\//g, '').includes(',') ? '' : ',';
  const newline = text.slice(node.offset, close).includes('\n') ? text.lastIndexOf('\n', close) : -1;
  if (newline < end) return `${text.slice(0, end)}${comma} ${entries.join(', ')}${after.trimStart()}${text.slice(close)}`;
  const indent = indentAt(text, last.offset);
  const lines = entries.map((entry) => indent + indented(entry, indent, layout)).join(`,${layout.eol}`);
  return `${text.slice(0, end)}${comma}${text.slice(end, newline + 1)}${lines}${layout.eol}${text.slice(newline + 1)}`;
}

function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';
}

function indented(entry: string, indent: string, { eol }: Layout): string {
  return entry.split('\n').join(`${eol}${indent}`);
}

/** As Prettier prints it: a list of scalars on one line, objects with a line for each entry. */
function printed(value: unknown, layout: Layout): string {
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null)) {
    return `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const entries = isList
    ? value.map((item) => printed(item, layout))
    : Object.entries(value).map(([key, item]: [string, unknown]) => `${JSON.stringify(key)}: ${printed(item, layout)}`);
  if (entries.length === 0) return '{}';
  const lines = entries.map((entry) => layout.unit + entry.split('\n').join(`\n${layout.unit}`)).join(',\n');
  return isList ? `[\n${lines}\n]` : `{\n${lines}\n}`;
}

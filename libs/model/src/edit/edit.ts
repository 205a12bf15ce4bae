import { isMapping } from '../mapping.js';
import { isSequence, memberOf, type YamlMapping, type YamlPath, type YamlValue } from './yaml-value.js';

/**
 * What a file should say at a path of keys. A key of digits stands for an existing item where the path meets a sequence.
 * The empty path is the whole document.
 */
export type Edit =
  /** The value is there afterwards, below parents that are mappings; what differed is replaced, missing parents made. */
  | { readonly kind: 'set'; readonly path: readonly string[]; readonly value: YamlValue }
  /** Nothing is there afterwards. */
  | { readonly kind: 'delete'; readonly path: readonly string[] };

/** Called with a reason and the path of what was found instead of what an edit needs. */
export type RefuseEdit = (reason: string, found: YamlPath) => never;

/** The value of a whole document after an edit. */
export function applyEdit(document: YamlValue, edit: Edit, refuse: RefuseEdit): YamlValue {
  return edit.kind === 'set' ? set(document, edit.path, edit.value, [], refuse) : remove(document, edit.path, [], refuse);
}

function set(at: YamlValue, path: readonly string[], value: YamlValue, walked: YamlPath, refuse: RefuseEdit): YamlValue {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (isSequence(at)) {
    const index = indexOf(at, key) ?? refuse(`expected an item from 0 to ${at.length - 1}, found ${key}`, walked);
    return at.map((item, other) => (other === index ? set(item, rest, value, [...walked, index], refuse) : item));
  }
  if (at !== null && !isMapping(at)) return refuse(`expected a mapping that can hold ${key}, found ${describe(at)}`, walked);
  const parent = at ?? {};
  return { ...parent, [key]: set(memberOf(parent, key) ?? null, rest, value, [...walked, key], refuse) };
}

function remove(at: YamlValue, path: readonly string[], walked: YamlPath, refuse: RefuseEdit): YamlValue {
  const [key, ...rest] = path;
  if (key === undefined) return refuse('expected a path to delete, found the whole document', walked);
  if (isSequence(at)) {
    const index = indexOf(at, key);
    if (index === undefined) return at;
    // The next item would move up to the index, and the same edit done again would delete that too.
    if (rest.length === 0) return refuse(`expected a key to delete, found the item ${key} of a sequence: set the sequence`, walked);
    return at.map((item, other) => (other === index ? remove(item, rest, [...walked, index], refuse) : item));
  }
  const child = isMapping(at) ? memberOf(at, key) : undefined;
  if (!isMapping(at) || child === undefined) return at;
  if (rest.length > 0) return { ...at, [key]: remove(child, rest, [...walked, key], refuse) };
  return without(at, key);
}

function without(mapping: YamlMapping, key: string): YamlMapping {
  return Object.fromEntries(Object.entries(mapping).filter(([other]) => other !== key));
}

function indexOf(sequence: readonly YamlValue[], key: string): number | undefined {
  const index = /^(?:0|[1-9]\d*)$/.test(key) ? Number(key) : undefined;
  return index !== undefined && index < sequence.length ? index : undefined;
}

function describe(value: string | number | bigint | boolean): string {
  return typeof value === 'string' ? 'a string' : `the ${typeof value === 'boolean' ? 'boolean' : 'number'} ${value}`;
}

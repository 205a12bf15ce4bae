import { isObject } from './json.js';

/** A place in a resource: field names, map keys and indexes from its root. */
export type FieldPath = readonly (string | number)[];

/**
 * Reads a path as the API server writes it: `spec.listeners[1].port`, `metadata.labels[strimzi.io/cluster]`, `spec.config.retention.ms`.
 * Keys may have dots and brackets in them and are not quoted, so the resource decides: at each step the longest of its keys that fits.
 * A field that the resource lacks ends at the next dot or bracket.
 * @param text the server's path; empty or `<nil>` for the resource itself
 * @param resource what the path leads into
 */
export function fieldPath(text: string, resource: unknown): FieldPath {
  const path: (string | number)[] = [];
  if (text === '<nil>') return path;
  let value = resource;
  let rest = text;
  while (rest !== '') {
    const step = rest.startsWith('[') ? bracketed(rest, value) : named(rest.startsWith('.') ? rest.slice(1) : rest, value);
    path.push(step.key);
    rest = step.rest;
    value = child(value, step.key);
  }
  return path;
}

interface Step {
  readonly key: string | number;
  readonly rest: string;
}

function named(text: string, value: unknown): Step {
  const key = longest(keys(value).filter((each) => text.startsWith(each) && isEnd(text, each.length))) ?? /^[^.[]+/.exec(text)?.[0] ?? text;
  return { key, rest: text.slice(key.length) };
}

function bracketed(text: string, value: unknown): Step {
  const index = isObject(value) ? undefined : /^\[(\d+)\]/.exec(text);
  if (index?.[1] !== undefined) return { key: Number(index[1]), rest: text.slice(index[0].length) };
  const key =
    longest(keys(value).filter((each) => text.startsWith(`[${each}]`) && isEnd(text, each.length + 2))) ??
    /^\[(.*?)\](?=$|[.[])/.exec(text)?.[1] ??
    text.slice(1);
  return { key, rest: text.slice(key.length + 2) };
}

const keys = (value: unknown): readonly string[] => (isObject(value) ? Object.keys(value).filter((key) => key !== '') : []);

const isEnd = (text: string, at: number): boolean => at === text.length || text[at] === '.' || text[at] === '[';

function longest(candidates: readonly string[]): string | undefined {
  return candidates.reduce<string | undefined>((best, each) => (best === undefined || each.length > best.length ? each : best), undefined);
}

function child(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return typeof key === 'number' ? items[key] : undefined;
  }
  return isObject(value) && typeof key === 'string' && Object.hasOwn(value, key) ? value[key] : undefined;
}

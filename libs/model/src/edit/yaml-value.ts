import { isMapping } from '../mapping.js';

export type YamlScalar = string | number | bigint | boolean | null;
export type YamlMapping = { readonly [key: string]: YamlValue };

/** What a YAML file says, without how it says it. Integers beyond 2^53 are `bigint`; the order of keys does not count. */
export type YamlValue = YamlScalar | readonly YamlValue[] | YamlMapping;

/** Keys and indices from the top of a document down to a value; an index stands for an item of a sequence. */
export type YamlPath = readonly (string | number)[];

export function isSequence(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

/** Whether a value is a mapping or sequence that holds anything; empty ones are written like scalars, as `{}` and `[]`. */
export function isFilledCollection(value: YamlValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** The value under `key`, `undefined` where the mapping has no such key of its own (`constructor` is not one). */
export function memberOf(mapping: YamlMapping, key: string): YamlValue | undefined {
  return Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}

/** Whether two values say the same: the order of keys is ignored, and `1`, `1n` and `1.0` are one number. */
export function sameValue(a: YamlValue, b: YamlValue): boolean {
  if (isSequence(a)) {
    return (
      isSequence(b) &&
      a.length === b.length &&
      a.every((item, at) => {
        const other = b[at];
        return other !== undefined && sameValue(item, other);
      })
    );
  }
  if (isMapping(a)) {
    if (!isMapping(b)) return false;
    const entries = Object.entries(a);
    return (
      entries.length === Object.keys(b).length &&
      entries.every(([key, item]) => {
        const other = memberOf(b, key);
        return other !== undefined && sameValue(item, other);
      })
    );
  }
  if (typeof a === 'bigint' && typeof b === 'number') return sameNumber(a, b);
  if (typeof a === 'number' && typeof b === 'bigint') return sameNumber(b, a);
  return a === b || Object.is(a, b);
}

/**
 * Refuses what TypeScript could not: `undefined`, dates, class instances and functions have no YAML form, and writing
 * `{}` or nothing for them would be a lie.
 *
 * @throws TypeError naming the place inside the value
 */
export function requireYamlValue(value: unknown, path: YamlPath = []): void {
  if (value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value)) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) requireYamlValue(item, [...path, index]);
    return;
  }
  const prototype: unknown = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined;
  if (typeof value === 'object' && (prototype === Object.prototype || prototype === null)) {
    for (const [key, item] of Object.entries(value)) requireYamlValue(item, [...path, key]);
    return;
  }
  const found = typeof value === 'object' ? value.constructor.name : typeof value;
  throw new TypeError(`expected a YAML value at ${path.join('.') || 'the top'}, found ${found}`);
}

function sameNumber(a: bigint, b: number): boolean {
  return Number.isInteger(b) && BigInt(b) === a;
}

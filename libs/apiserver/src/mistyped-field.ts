import type { FieldPath } from './field-path.js';
import { isObject } from './json.js';

/** A value of the wrong type, as Go's JSON decoder reports it: the names of the fields on the way, without indexes and map keys. */
const inField = /cannot unmarshal (string|number|bool|array|object)\b.* into Go struct field [^.\s]+\.(\S+) of type/;

/** The same of metadata as a whole, which the server decodes apart. */
const inMetadata = /^(?:ObjectMeta: )?json: cannot unmarshal \w+ into Go (?:value of type v1\.ObjectMeta|struct field ObjectMeta\.)/;

/**
 * Finds the field that an error of Go's JSON decoder is about. The decoder leaves out indexes and map keys, and puts in the names of embedded
 * structs, so the resource is searched for the first value of that type on that way.
 * @param message the decoder's words
 * @param resource what was decoded
 * @returns undefined if the message is not about a value's type, or nothing fits
 */
export function mistypedField(message: string, resource: unknown): FieldPath | undefined {
  const [, type, names] = inField.exec(message) ?? [];
  const found = type === undefined || names === undefined ? undefined : search(resource, names.split('.'), type);
  return found ?? (inMetadata.test(message) ? ['metadata'] : undefined);
}

function search(value: unknown, names: readonly string[], type: string): FieldPath | undefined {
  const [name, ...others] = names;
  if (name === undefined && typeOf(value) === type) return [];
  if (name !== undefined && isObject(value)) {
    if (Object.hasOwn(value, name)) return below(name, value[name], others, type);
    // The name of an embedded struct: in JSON it is not there.
    if (/^[A-Z]/.test(name)) return search(value, others, type);
  }
  for (const [key, child] of children(value)) {
    const found = below(key, child, names, type);
    if (found !== undefined) return found;
  }
  return undefined;
}

function below(key: string | number, value: unknown, names: readonly string[], type: string): FieldPath | undefined {
  const found = search(value, names, type);
  return found === undefined ? undefined : [key, ...found];
}

function children(value: unknown): readonly (readonly [string | number, unknown])[] {
  if (Array.isArray(value)) return value.map((item: unknown, index) => [index, item]);
  return isObject(value) ? Object.entries(value) : [];
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

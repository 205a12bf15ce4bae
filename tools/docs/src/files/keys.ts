import { isDeepStrictEqual } from 'node:util';

import { valuesOf, type Schema } from './schema.js';

/** A key of a declared file: `storage.size`, `topics.<name>.partitions`. */
export interface Key {
  readonly path: string;
  readonly schema: Schema;
  /** `in one form`: needed where the value has the form that it belongs to, of several. */
  readonly required: boolean | 'in one form';
  /** Another key of the page that holds the same, where it is written out. */
  readonly sameAs?: string;
}

/**
 * The keys below a schema, depth first, as a person would look for them. A part that stands somewhere else on the page
 * already is not written out twice; `known` are those parts by where they stand, and grows.
 */
export function keysBelow(schema: Schema, at: string, known: Map<string, Schema>, where = at): readonly Key[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, child]) => {
    const path = at === '' ? name : `${at}.${name}`;
    return keysAt(child, path, schema.required?.includes(name) === true, known, where === '' ? name : `${where}.${name}`);
  });
  const values = valuesOf(schema);
  const entries = values === undefined || !hasKeys(values) ? [] : keysBelow(values, `${at}.<name>`, known, `${where}.<name>`);
  const items = schema.items === undefined || !hasKeys(schema.items) ? [] : keysBelow(schema.items, `${at}[]`, known, `${where}[]`);
  return [...own, ...entries, ...items, ...(schema.anyOf ?? []).flatMap((one) => keysBelow(one, at, known, where)).map(inOneForm)];
}

function inOneForm(key: Key): Key {
  return key.required === true ? { ...key, required: 'in one form' } : key;
}

function keysAt(schema: Schema, path: string, required: boolean, known: Map<string, Schema>, where: string): readonly Key[] {
  const sameAs = hasKeys(schema) ? [...known].find(([, other]) => isDeepStrictEqual(shape(other), shape(schema)))?.[0] : undefined;
  if (sameAs !== undefined) return [{ path, schema, required, sameAs }];
  if (countOfKeys(schema) > 1) known.set(where, schema);
  return [{ path, schema, required }, ...keysBelow(schema, path, known, where)];
}

/** Whether there are keys to write out below a value. */
export function hasKeys(schema: Schema): boolean {
  return countOfKeys(schema) > 0;
}

function countOfKeys(schema: Schema): number {
  const values = valuesOf(schema);
  return (
    Object.keys(schema.properties ?? {}).length +
    (values === undefined ? 0 : countOfKeys(values)) +
    (schema.items === undefined ? 0 : countOfKeys(schema.items)) +
    (schema.anyOf ?? []).reduce((sum, one) => sum + countOfKeys(one), 0)
  );
}

/** What a part holds, whatever is said of it as a whole. */
function shape({ description: _description, default: _default, examples: _examples, ...rest }: Schema): Schema {
  return rest;
}

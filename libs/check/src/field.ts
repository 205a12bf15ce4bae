import type { Value, ValueMap } from '@millrace/kustomize';

/** Where a value stands in a resource: names of maps, indexes of lists. */
export type FieldPath = readonly (string | number)[];

/** The value at a path; undefined where there is none. */
export function fieldAt(value: Value | undefined, ...path: FieldPath): Value | undefined {
  let at: Value | undefined = value;
  for (const step of path) {
    if (isMap(at)) at = Object.hasOwn(at, step) ? at[String(step)] : undefined;
    else if (isList(at) && typeof step === 'number') at = at[step];
    else return undefined;
  }
  return at;
}

/** The text at a path; undefined where there is no text. */
export function textAt(value: Value | undefined, ...path: FieldPath): string | undefined {
  const found = fieldAt(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** The number at a path, an integer or not; undefined where there is no number. */
export function numberAt(value: Value | undefined, ...path: FieldPath): number | undefined {
  const found = fieldAt(value, ...path);
  return typeof found === 'bigint' ? Number(found) : typeof found === 'number' ? found : undefined;
}

/** The map at a path; an empty one where there is none. */
export function mapAt(value: Value | undefined, ...path: FieldPath): ValueMap {
  const found = fieldAt(value, ...path);
  return isMap(found) ? found : {};
}

/** The list at a path; an empty one where there is none. */
export function listAt(value: Value | undefined, ...path: FieldPath): readonly Value[] {
  const found = fieldAt(value, ...path);
  return isList(found) ? found : [];
}

/** Whether a path holds anything but null. */
export function hasField(value: Value | undefined, ...path: FieldPath): boolean {
  const found = fieldAt(value, ...path);
  return found !== undefined && found !== null;
}

/** The texts of a list at a path; what is no text is left out. */
export function textsAt(value: Value | undefined, ...path: FieldPath): readonly string[] {
  return listAt(value, ...path).filter((item) => typeof item === 'string');
}

/** A scalar as YAML's reader of a string field would see it: settings are often written as numbers and booleans. */
export function scalarText(value: Value | undefined): string | undefined {
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
}

export function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === 'object' && value !== null && !isList(value);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** A path as kubectl explain writes it, with keys that are no identifiers in brackets: `metadata.labels[strimzi.io/cluster]`. */
export function formatPath(path: FieldPath): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : /^[A-Za-z_$][\w-]*$/.test(step) ? `${index === 0 ? '' : '.'}${step}` : `[${step}]`))
    .join('');
}

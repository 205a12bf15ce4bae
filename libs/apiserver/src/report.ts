import type { ApiError, ApiErrorType } from './api-error.js';
import { fieldPath } from './field-path.js';
import { mistypedField } from './mistyped-field.js';
import { unreadableValue } from './unreadable-value.js';

/** An error as the WebAssembly module reports it; see go/host/host.go. */
export interface Report {
  /** A cause of `metav1.StatusCause`, `Strict`, `Rule`, or empty for an error that is none of these. */
  readonly reason: string;
  /** The server's path; empty where it names none. */
  readonly field: string;
  readonly message: string;
}

const types: ReadonlyMap<string, ApiErrorType> = new Map([
  ['FieldValueRequired', 'required'],
  ['FieldValueInvalid', 'invalid'],
  ['FieldValueTypeInvalid', 'type'],
  ['FieldValueNotSupported', 'unsupported-value'],
  ['FieldValueDuplicate', 'duplicate'],
  ['FieldValueForbidden', 'forbidden'],
  ['FieldValueNotFound', 'not-found'],
  ['FieldValueTooLong', 'too-long'],
  ['FieldValueTooShort', 'too-short'],
  ['FieldValueTooMany', 'too-many'],
  ['FieldValueTooFew', 'too-few'],
  ['Rule', 'rule'],
  ['InternalError', 'internal'],
]);

/** What strict decoding says: the field is all there is to know. */
const strict = /^(unknown|duplicate) field "(.*)"$/s;

/**
 * Reads what the module reports, sorted by path, without repetitions: the module's own order changes from run to run.
 * @param reports in any order
 * @param resource what they are about
 */
export function readReports(reports: readonly Report[], resource: unknown): readonly ApiError[] {
  const errors = new Map<string, ApiError>();
  for (const report of reports) {
    const error = read(report, resource);
    errors.set(JSON.stringify(error), error);
  }
  return [...errors.values()].sort((a, b) => comparePaths(a.path, b.path) || compare(a.message, b.message));
}

/** Errors whose place is only in their words: of a schema of several (`anyOf` and the like), and of an integer that does not fit its format. */
const placeInWords = [/^Invalid value: "": "(.+)" must (?:not )?validate /, /^Invalid value: "": Checked value must be of type .* in (\S+)$/];

function read({ reason, field, message }: Report, resource: unknown): ApiError {
  const [, problem, name] = strict.exec(message) ?? [];
  if (reason === 'Strict' && name !== undefined) {
    return { path: fieldPath(name, resource), type: problem === 'unknown' ? 'unknown-field' : 'duplicate', message };
  }
  const type = types.get(reason);
  if (type !== undefined) {
    return { path: fieldPath(field === '' || field === '<nil>' ? (placed(message) ?? field) : field, resource), type, message };
  }
  const mistyped = mistypedField(message, resource);
  if (mistyped !== undefined) return { path: mistyped, type: 'type', message };
  return { path: unreadableValue(message, resource) ?? fieldPath(field, resource), type: 'malformed', message };
}

function placed(message: string): string | undefined {
  return placeInWords.map((form) => form.exec(message)?.[1]).find((place) => place !== undefined);
}

function comparePaths(a: ApiError['path'], b: ApiError['path']): number {
  for (const [index, key] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = typeof key === 'number' && typeof other === 'number' ? key - other : compare(String(key), String(other));
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

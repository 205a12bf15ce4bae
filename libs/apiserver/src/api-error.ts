/**
 * What kind of mistake an error is about.
 *
 * - `unknown-field`: the kind has no such field
 * - `required`: a field is missing, or empty where it must not be
 * - `type`: a value of another type than the field's
 * - `unsupported-value`: none of the values that the field may have
 * - `duplicate`: a field that is written twice, or an item that must be there once
 * - `rule`: a CEL rule of the definition (x-kubernetes-validations) says no
 * - `malformed`: the server could not read the resource at all
 * - `internal`: the server broke, not the resource
 */
export type ApiErrorType =
  | 'unknown-field'
  | 'required'
  | 'type'
  | 'invalid'
  | 'unsupported-value'
  | 'duplicate'
  | 'forbidden'
  | 'not-found'
  | 'too-long'
  | 'too-short'
  | 'too-many'
  | 'too-few'
  | 'rule'
  | 'malformed'
  | 'internal';

/** One reason why the API server would not create a resource. */
export interface ApiError {
  /** Where: field names, map keys and indexes from the resource's root. Empty where the server names no place. */
  readonly path: readonly (string | number)[];
  readonly type: ApiErrorType;
  /** The server's own words, without the path before them. */
  readonly message: string;
}

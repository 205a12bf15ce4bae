import type { ApiError } from './api-error.js';
import { at, isObject } from './json.js';

/** What a resource says it is. */
export interface Subject {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/**
 * Reads what a resource says it is.
 * @param text JSON
 * @returns the error that the server would give where it says nothing
 */
export function readSubject(text: string): { readonly subject: Subject } | { readonly error: ApiError } {
  let resource: unknown;
  try {
    resource = JSON.parse(text);
  } catch (error) {
    return malformed([], `not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(resource)) return malformed([], 'not a JSON object');
  const kind = at(resource, 'kind');
  if (typeof kind !== 'string' || kind === '') return missing('kind', "Object 'Kind' is missing");
  const apiVersion = at(resource, 'apiVersion');
  if (typeof apiVersion !== 'string' || apiVersion === '') return missing('apiVersion', "Object 'apiVersion' is missing");
  const [first = '', second, ...others] = apiVersion.split('/');
  if (others.length > 0) return malformed(['apiVersion'], `unexpected GroupVersion string: ${apiVersion}`);
  return { subject: { group: second === undefined ? '' : first, version: second ?? first, kind } };
}

const missing = (field: string, message: string): { readonly error: ApiError } => ({ error: { path: [field], type: 'required', message } });

const malformed = (path: ApiError['path'], message: string): { readonly error: ApiError } => ({ error: { path, type: 'malformed', message } });

import { fieldOf, isMapping } from '@millrace/model';
import { parseAllDocuments } from 'yaml';

/** A resource that an overlay gives before people's patches: what a patch can name, and what it may not lose. */
export interface OverlayResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * The resources of some YAML texts, bases first, then what patches them, as kustomize merges custom resources: mappings
 * by key, lists as a whole (R74), null removes a key. What is no resource is left out.
 */
export function mergedResources(texts: readonly string[]): readonly OverlayResource[] {
  const merged = new Map<string, OverlayResource>();
  for (const resource of texts.flatMap(readResources)) {
    const key = `${resource.apiVersion} ${resource.kind} ${resource.name}`;
    const before = merged.get(key);
    if (resource.body['$patch'] === 'delete') merged.delete(key);
    else merged.set(key, before === undefined ? resource : { ...resource, body: merge(before.body, resource.body) });
  }
  return [...merged.values()];
}

function readResources(text: string): readonly OverlayResource[] {
  return parseAllDocuments(text).flatMap((document) => {
    const body: unknown = 'toJS' in document ? document.toJS() : undefined;
    if (!isMapping(body)) return [];
    const { apiVersion, kind } = body;
    const name = fieldOf(body, 'metadata', 'name');
    return typeof apiVersion === 'string' && typeof kind === 'string' && typeof name === 'string' ? [{ apiVersion, kind, name, body }] : [];
  });
}

function merge(base: Readonly<Record<string, unknown>>, patch: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    const before = result[key];
    if (value === null) Reflect.deleteProperty(result, key);
    else result[key] = isMapping(before) && isMapping(value) ? merge(before, value) : value;
  }
  return result;
}

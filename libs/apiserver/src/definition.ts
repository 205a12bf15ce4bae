import { at, isObject, parsedOrNothing } from './json.js';
import type { Version } from './versions.js';

/** What this library itself reads of a CustomResourceDefinition; everything else is the module's business. */
export interface Definition {
  readonly name: string;
  readonly versions: readonly Version[];
}

/**
 * Reads a definition. One that is broken still gives a name: the module says what is wrong with it.
 * @param text JSON
 * @param fallbackName what to call a definition without a name
 */
export function readDefinition(text: string, fallbackName: string): Definition {
  const definition = parsedOrNothing(text);
  const name = at(definition, 'metadata', 'name');
  const versions = at(definition, 'spec', 'versions');
  const list: readonly unknown[] = Array.isArray(versions) ? versions : [];
  return {
    name: typeof name === 'string' ? name : fallbackName,
    versions: list.filter(isObject).map((version) => ({
      name: String(version['name']),
      served: version['served'] === true,
      storage: version['storage'] === true,
    })),
  };
}

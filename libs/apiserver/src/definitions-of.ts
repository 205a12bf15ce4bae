import type { DefinitionSource } from './definition-source.js';
import { at } from './json.js';

/**
 * A source of definitions that are at hand, from a repository for instance. Where two define the same kind, the last one wins.
 * @param texts CustomResourceDefinitions as JSON
 * @throws {Error} if a text is not JSON, or names no group and kind (`spec.group`, `spec.names.kind`)
 */
export function definitionsOf(texts: Iterable<string>): DefinitionSource {
  const definitions = new Map<string, string>();
  for (const text of texts) {
    const definition: unknown = JSON.parse(text);
    const group = at(definition, 'spec', 'group');
    const kind = at(definition, 'spec', 'names', 'kind');
    if (typeof group !== 'string' || typeof kind !== 'string') {
      throw new Error(`a CustomResourceDefinition needs spec.group and spec.names.kind: ${text.slice(0, 200)}`);
    }
    definitions.set(`${group}/${kind}`, text);
  }
  return { find: (group, kind) => definitions.get(`${group}/${kind}`) };
}

import type { DefinitionSource } from './definition-source.js';

/** Several sources as one: the first that has a definition wins. */
export function layered(...sources: readonly DefinitionSource[]): DefinitionSource {
  return {
    find(group, kind) {
      for (const source of sources) {
        const found = source.find(group, kind);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    proves: (group, kind) => sources.find((source) => source.find(group, kind) !== undefined)?.proves?.(group, kind) ?? false,
  };
}

import { isMapping } from '../mapping.js';
import { alignItems } from './align-items.js';
import type { Change } from './change.js';
import { isSequence, memberOf, sameValue, type YamlMapping, type YamlPath, type YamlValue } from './yaml-value.js';

/**
 * The changes that lead from one value to another, to be carried out in order. What both have in common is left alone, so
 * that its text and comments survive.
 */
export function diffValues(from: YamlValue, to: YamlValue, path: YamlPath = []): Change[] {
  if (sameValue(from, to)) return [];
  if (isMapping(from) && isMapping(to)) return diffMappings(from, to, path);
  if (isSequence(from) && isSequence(to)) return diffSequences(from, to, path);
  return [{ kind: 'replace', path, value: to }];
}

/** Removals come last: a mapping that ends up with keys never passes through `{}` and keeps its layout. */
function diffMappings(from: YamlMapping, to: YamlMapping, path: YamlPath): Change[] {
  const kept: Change[] = [];
  const inserted: Change[] = [];
  for (const [key, value] of Object.entries(to)) {
    const before = memberOf(from, key);
    if (before === undefined) inserted.push({ kind: 'insert', parent: path, key, value });
    else kept.push(...diffValues(before, value, [...path, key]));
  }
  const gone = Object.keys(from).filter((key) => !Object.hasOwn(to, key));
  return [...kept, ...inserted, ...gone.map((key): Change => ({ kind: 'remove', parent: path, key }))];
}

/** From the last item to the first, so that every index is still true when its turn comes. */
function diffSequences(from: readonly YamlValue[], to: readonly YamlValue[], path: YamlPath): Change[] {
  return alignItems(from, to)
    .reverse()
    .flatMap((step): Change[] => {
      switch (step.kind) {
        case 'keep':
          return diffValues(step.from, step.to, [...path, step.index]);
        case 'insert':
          return [{ kind: 'insert', parent: path, key: step.index, value: step.to }];
        case 'remove':
          return [{ kind: 'remove', parent: path, key: step.index }];
      }
    });
}

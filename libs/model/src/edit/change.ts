import { isMapping } from '../mapping.js';
import { isSequence, type YamlPath, type YamlValue } from './yaml-value.js';

/** The smallest steps from one value to another; each is one place in the text. */
export type Change =
  | { readonly kind: 'replace'; readonly path: YamlPath; readonly value: YamlValue }
  /** A new pair under `key`, or a new item before the item that now has the index `key`. */
  | { readonly kind: 'insert'; readonly parent: YamlPath; readonly key: string | number; readonly value: YamlValue }
  | { readonly kind: 'remove'; readonly parent: YamlPath; readonly key: string | number };

/** The value after a change. A change that does not fit the value leaves it as it is. */
export function applyChange(value: YamlValue, change: Change): YamlValue {
  if (change.kind === 'replace') return alter(value, change.path, () => change.value);
  return alter(value, change.parent, (parent) => {
    if (isSequence(parent) && typeof change.key === 'number') {
      return change.kind === 'insert' ? parent.toSpliced(change.key, 0, change.value) : parent.toSpliced(change.key, 1);
    }
    if (!isMapping(parent)) return parent;
    if (change.kind === 'insert') return { ...parent, [change.key]: change.value };
    return Object.fromEntries(Object.entries(parent).filter(([key]) => key !== change.key));
  });
}

function alter(value: YamlValue, path: YamlPath, change: (at: YamlValue) => YamlValue): YamlValue {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (isSequence(value)) return value.map((item, index) => (index === key ? alter(item, rest, change) : item));
  if (!isMapping(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([name, item]) => [name, name === key ? alter(item, rest, change) : item]));
}

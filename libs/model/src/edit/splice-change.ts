import type { Change } from './change.js';
import { EditError } from './edit-error.js';
import { insertEntry } from './insert-entry.js';
import { locate } from './locate.js';
import { removeEntry } from './remove-entry.js';
import { replaceValue } from './replace-value.js';
import type { Source, SourceEntry } from './source-node.js';
import type { Splice } from './splice.js';
import type { YamlPath } from './yaml-value.js';

/**
 * The splices that carry out one change.
 *
 * @throws EditError where the change would touch an anchored, aliased, merged or tagged value, or remove an anchor
 */
export function spliceChange(source: Source, change: Change): Splice[] {
  if (change.kind === 'replace') {
    const entry = reach(source, change.path);
    if (entry.value.anchored) refuse(source, entry, change.path, 'an anchor inside');
    return replaceValue(source, entry, change.value);
  }
  const holder = reach(source, change.parent);
  const collection = holder.value;
  const path = [...change.parent, change.key];
  if (collection.kind !== 'map' && collection.kind !== 'seq') return refuse(source, holder, path, 'a scalar above');
  if (change.kind === 'insert') return insertEntry(source, holder, collection, change.key, change.value);

  const entry = collection.entries.find(({ key }) => key === change.key);
  if (entry === undefined) return refuse(source, holder, path, 'nothing');
  if (entry.anchored) refuse(source, entry, path, 'an anchor inside');
  return removeEntry(source, holder, collection, entry);
}

/** The entry at a path, given that nothing on the way forbids an edit. */
function reach(source: Source, path: YamlPath): SourceEntry {
  let last: SourceEntry = source.root;
  for (const entry of locate(source, path)) {
    if (entry.value.frozen !== undefined) refuse(source, entry, path, entry.value.frozen);
    last = entry;
  }
  return last;
}

function refuse({ text }: Source, entry: SourceEntry, path: YamlPath, found: string): never {
  throw new EditError(`cannot edit ${path.join('.') || 'the document'}: found ${found}`, text, entry.span.start);
}

import type { Edit, YamlValue } from '@millrace/model';

/** What sets values below a place of a declared file. A flag that was not given, undefined, changes nothing. */
export function setterAt(...place: readonly string[]): (path: readonly string[], value: YamlValue | undefined) => readonly Edit[] {
  return (path, value) => (value === undefined ? [] : [{ kind: 'set', path: [...place, ...path], value }]);
}

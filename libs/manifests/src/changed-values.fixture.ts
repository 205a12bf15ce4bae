import { environmentSchema, type Workspace } from '@millrace/model';

import { at, isRecord } from './workspace.fixture.js';

/** The paths of all values in an environment. */
export function* valuePaths(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (isRecord(value) && Object.keys(value).length > 0) for (const [key, inner] of Object.entries(value)) yield* valuePaths(inner, [...path, key]);
  else yield path;
}

/** The workspace with one value of an environment left out, or changed: each that is an environment, and another one. */
export function* changesOf(workspace: Workspace, name: string, path: readonly string[]): Generator<Workspace> {
  const declared = workspace.environments.get(name);
  const value = at(declared?.value, ...path);
  if (declared === undefined) return;
  for (const other of [undefined, ...otherValues(value)]) {
    const changed = structuredClone(declared.value);
    const place = at(changed, ...path.slice(0, -1));
    const key = path.at(-1) ?? '';
    if (!isRecord(place)) return;
    if (other === undefined) Reflect.deleteProperty(place, key);
    else Reflect.set(place, key, other);
    const parsed = environmentSchema.safeParse(changed);
    if (!parsed.success || JSON.stringify(parsed.data) === JSON.stringify(declared.value)) continue;
    yield { ...workspace, environments: new Map([...workspace.environments, [name, { ...declared, value: parsed.data }]]) };
  }
}

function otherValues(value: unknown): readonly unknown[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1, value / 2, 1];
  if (Array.isArray(value)) return [[]];
  if (typeof value === 'string')
    return [`${value}x`, value.replace(/\d+/, (digits) => String(Number(digits) + 1)), 'cluster', 'namespaces', 'application', 'session'];
  return [];
}

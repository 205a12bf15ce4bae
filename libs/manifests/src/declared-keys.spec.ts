import { environmentSchema, type Environment, type Workspace } from '@millrace/model';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { manifests } from './manifests.js';
import { at, EVERYTHING, isRecord, workspaceOf } from './workspace.fixture.js';

/** What can be declared is there for something: a value that no generated file depends on would be ignored without a word. */

const workspace = workspaceOf(EVERYTHING);

/** The paths of all values in an environment. */
function* leaves(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (isRecord(value) && Object.keys(value).length > 0) for (const [key, inner] of Object.entries(value)) yield* leaves(inner, [...path, key]);
  else yield path;
}

/** The workspace with one value of an environment left out, or changed where it cannot be; undefined where that is no environment any more. */
function without(name: string, path: readonly string[]): Workspace | undefined {
  const declared = workspace.environments.get(name);
  if (declared === undefined) return undefined;
  const value = structuredClone(declared.value);
  const parent = at(value, ...path.slice(0, -1));
  const key = path.at(-1) ?? '';
  if (!isRecord(parent)) return undefined;
  for (const other of [undefined, ...otherValues(parent[key])]) {
    const changed = structuredClone(declared.value);
    const place = at(changed, ...path.slice(0, -1));
    if (!isRecord(place)) continue;
    if (other === undefined) Reflect.deleteProperty(place, key);
    else Reflect.set(place, key, other);
    const parsed = environmentSchema.safeParse(changed);
    if (!parsed.success || JSON.stringify(parsed.data) === JSON.stringify(declared.value)) continue;
    return { ...workspace, environments: new Map([...workspace.environments, [name, { ...declared, value: parsed.data }]]) };
  }
  return undefined;
}

function otherValues(value: unknown): readonly unknown[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1, value / 2];
  if (Array.isArray(value)) return [[]];
  if (typeof value === 'string') return [`${value}x`, value.replace(/\d+/, (digits) => String(Number(digits) + 1)), 'cluster', 'namespaces'];
  return [];
}

const before = manifests(workspace);
const cases = [...workspace.environments].flatMap(([name, { value }]: [string, { value: Environment }]) =>
  [...leaves(value)].map((path) => [name, path] as const),
);

function makesTheSame(changed: Workspace): boolean {
  try {
    const after = manifests(changed);
    return after.size === before.size && [...after].every(([file, text]) => before.get(file) === text);
  } catch {
    // What the workspace's rules refuse cannot be made: the value matters.
    return false;
  }
}

describe('a value of environment.yaml', () => {
  it('changes what is made, each of them', () => {
    const ineffective: string[] = [];
    let tried = 0;
    for (const [name, path] of cases) {
      // Who the environment is, and what says which environments share a cluster.
      if (['environment', 'promotesFrom', 'layout'].includes(path[0] ?? '') || path.join('.') === 'cluster.name') continue;
      // Where somebody else keeps the operators, nothing of them is made.
      if (path[0] === 'operators' && workspace.environments.get(name)?.value.cluster.operators === 'provided') continue;
      const changed = without(name, path);
      if (changed === undefined) continue;
      tried += 1;
      if (makesTheSame(changed)) ineffective.push(`${name}: ${path.join('.')}`);
    }
    expect(tried).toBeGreaterThan(150);
    expect(ineffective).toEqual([]);
  });

  it('is tried wherever the schema has a key', () => {
    const keys = new Set<string>();
    const visit = (schema: unknown, path: string): void => {
      if (!isRecord(schema)) return;
      const { properties, anyOf, items, additionalProperties } = schema;
      if (isRecord(properties)) for (const [key, inner] of Object.entries(properties)) visit(inner, `${path}.${key}`);
      if (Array.isArray(anyOf)) for (const inner of anyOf) visit(inner, path);
      if (isRecord(additionalProperties) && Object.keys(additionalProperties).length > 0) visit(additionalProperties, `${path}.*`);
      if (
        !isRecord(properties) &&
        !Array.isArray(anyOf) &&
        !isRecord(items) &&
        !(isRecord(additionalProperties) && Object.keys(additionalProperties).length > 0)
      )
        keys.add(path);
    };
    visit(z.toJSONSchema(environmentSchema, { io: 'input', unrepresentable: 'any' }), '');
    expect(keys.size).toBeGreaterThan(80);
    const given = new Set<string>();
    for (const [, path] of cases) given.add(path.join('.'));
    // Further clusters are declared as the main one is, operators all alike.
    const alike = (key: string) => key.replace(/^\.(?:kafka|kafkaClusters\.\*)\./, '.K.').replace(/^\.operators\.[^.]+\./, '.O.');
    const tried = [...given].map((path) => alike(`.${path}`.replace(/^\.kafkaClusters\.[^.]+\./, '.kafka.')));
    const missing = [...new Set([...keys].map(alike))].filter((key) => {
      const pattern = new RegExp(
        `^${key
          .split('.')
          .map((part) => (part === '*' ? '.+' : part))
          .join('\\.')}(?:\\.|$)`,
      );
      return !tried.some((path) => pattern.test(path));
    });
    expect(missing).toEqual([]);
  });
});

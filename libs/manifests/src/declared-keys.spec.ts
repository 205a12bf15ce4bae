import { environmentSchema, type Environment, type Workspace } from '@millrace/model';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { manifests } from './manifests.js';
import { changesOf, valuePaths } from './changed-values.fixture.js';
import { EVERYTHING, isRecord, workspaceOf } from './workspace.fixture.js';

/** What can be declared is there for something: a value that no generated file depends on would be ignored without a word. */

const workspace = workspaceOf(EVERYTHING);

const before = manifests(workspace);
const cases = [...workspace.environments].flatMap(([name, { value }]: [string, { value: Environment }]) =>
  [...valuePaths(value)].map((path) => [name, path] as const),
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
      const [changed] = changesOf(workspace, name, path);
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

import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { commands } from '@millrace/promotion';
import { optionsOf } from '@millrace/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';

import * as implementations from './generators.js';
import { generatorName, writeGenerators } from './write-generators.js';

const folder = mkdtempSync(join(tmpdir(), 'millrace-test-'));
beforeAll(() => {
  writeGenerators(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const read = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'));
const list = z.object({ generators: z.record(z.string(), z.object({ implementation: z.string(), schema: z.string(), description: z.string() })) });
const schema = z.object({
  title: z.string(),
  properties: z.record(z.string(), z.looseObject({ type: z.string(), description: z.string() })),
  required: z.array(z.string()),
  additionalProperties: z.literal(false),
});

describe('what Nx is told of the generators', () => {
  it('names every command, sync and the preset, each with a function and a schema that are there', () => {
    const { generators } = list.parse(read('generators.json'));
    expect(Object.keys(generators).sort()).toEqual([...commands.map(generatorName), 'preset', 'sync'].sort());
    for (const { implementation, schema: path } of Object.values(generators)) {
      const [file, name = ''] = implementation.split('#');
      expect(file).toBe('./generators.js');
      expect(Object.keys(implementations)).toContain(name);
      expect(() => read(path)).not.toThrow();
    }
  });

  it('is what the build has', () => {
    const built = new URL('../dist/', import.meta.url);
    for (const path of ['generators.json', 'migrations.json', ...readdirSync(join(folder, 'schemas')).map((name) => `schemas/${name}`)]) {
      expect(readFileSync(new URL(path, built), 'utf8')).toBe(readFileSync(join(folder, path), 'utf8'));
    }
  });

  it.each(commands)('are the options of $name, and nothing else', (command) => {
    const { title, properties, required } = schema.parse(read(`schemas/${generatorName(command)}.json`));
    const options = optionsOf(command);
    expect(title).toBe(command.summary);
    expect(Object.keys(properties)).toEqual(options.map(({ name }) => name));
    expect(required).toEqual(options.filter((option) => option.required).map(({ name }) => name));
    for (const option of options) {
      const property = properties[option.name];
      expect(property).toMatchObject({
        type: option.type === 'list' ? 'array' : option.type,
        description: option.description,
        ...(option.type === 'list' ? { items: { type: 'string' } } : {}),
        ...(option.choices === undefined ? {} : { enum: option.choices }),
        ...(option.default === undefined ? {} : { default: option.default }),
        ...(option.positional === undefined ? {} : { $default: { $source: 'argv', index: option.positional } }),
      });
      expect(option.description).not.toBe('');
      // Nx asks for what has an x-prompt even where it is optional, so only what is needed may have one.
      expect(property !== undefined && 'x-prompt' in property).toBe(option.required && option.prompt !== undefined);
    }
  });

  it.each(commands)('lets through exactly what $name takes: a schema that is stricter or looser than the command would be a second one', (command) => {
    const { properties } = schema.parse(read(`schemas/${generatorName(command)}.json`));
    const taken = z.object({ properties: z.record(z.string(), z.unknown()) }).parse(z.toJSONSchema(command.options, { io: 'input', unrepresentable: 'any' }));
    expect(Object.keys(properties).sort()).toEqual(Object.keys(taken.properties).sort());
    for (const [name, property] of Object.entries(properties)) {
      const { pattern } = z.looseObject({ pattern: z.string().optional() }).parse(property);
      const { pattern: wanted } = z.looseObject({ pattern: z.string().optional() }).parse(taken.properties[name]);
      expect({ name, pattern }).toEqual({ name, pattern: wanted });
    }
  });
});

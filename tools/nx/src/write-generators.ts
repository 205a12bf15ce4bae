import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { layouts } from '@millrace/manifests';
import { commands } from '@millrace/promotion';
import { newRepository, optionsOf, type Command, type Option } from '@millrace/workspace';

import * as implementations from './generators.js';
import { migrationsOf } from './migrations.js';

/**
 * Writes what Nx wants to know of generators and migrations before it loads any: generators.json and a schema for each,
 * made from the commands, and migrations.json, made from the layouts. Part of the build; `folder` is the build's.
 */
export function writeGenerators(folder: string): void {
  mkdirSync(join(folder, 'schemas'), { recursive: true });
  const generators: Record<string, object> = {
    sync: {
      implementation: './generators.js#sync',
      schema: './schemas/sync.json',
      description: 'Make every generated file again from what is declared',
      hidden: true,
    },
  };
  write(folder, 'schemas/sync.json', schemaOf('sync', 'Make every generated file again', []));
  generators['preset'] = {
    implementation: './generators.js#preset',
    schema: './schemas/preset.json',
    description: newRepository.summary,
    // Only for create-nx-workspace, which hands over all of its own options too.
    hidden: true,
  };
  write(folder, 'schemas/preset.json', { ...schemaOf('preset', newRepository.summary, optionsOf(newRepository)), additionalProperties: true });
  for (const command of commands) {
    const implementation = exportName(command);
    if (!(implementation in implementations)) throw new Error(`generators.ts exports no ${implementation}`);
    const name = generatorName(command);
    generators[name] = { implementation: `./generators.js#${implementation}`, schema: `./schemas/${name}.json`, description: command.summary };
    write(folder, `schemas/${name}.json`, schemaOf(name, command.summary, optionsOf(command)));
  }
  write(folder, 'generators.json', { $schema: 'http://json-schema.org/schema', name: '@millrace/nx', generators });
  write(folder, 'migrations.json', migrationsOf(layouts));
}

/** What a command is called in Nx, where a name is one word: `releases refresh` is `releases-refresh`. */
export function generatorName({ name }: Command): string {
  return name.replaceAll(' ', '-');
}

function exportName(command: Command): string {
  return generatorName(command).replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

function schemaOf(name: string, summary: string, options: readonly Option[]): object {
  return {
    $schema: 'https://json-schema.org/schema',
    $id: `Millrace-${name}`,
    title: summary,
    type: 'object',
    properties: Object.fromEntries(options.map((option) => [option.name, property(option)])),
    required: options.filter(({ required }) => required).map((option) => option.name),
    additionalProperties: false,
  };
}

function property({ type, description, choices, default: value, pattern, prompt, positional, examples, required }: Option): object {
  return {
    ...(type === 'list' ? { type: 'array', items: { type: 'string' } } : { type }),
    description,
    ...(choices === undefined ? {} : { enum: choices }),
    ...(value === undefined ? {} : { default: value }),
    ...(pattern === undefined || type !== 'string' ? {} : { pattern }),
    ...(positional === undefined ? {} : { $default: { $source: 'argv', index: positional } }),
    ...(prompt === undefined || !required ? {} : { 'x-prompt': choices === undefined ? prompt : { message: prompt, type: 'list', items: choices } }),
    ...(required ? { 'x-priority': 'important' } : {}),
    ...(examples === undefined ? {} : { examples }),
  };
}

function write(folder: string, path: string, value: object): void {
  writeFileSync(join(folder, path), `${JSON.stringify(value, null, 2)}\n`);
}

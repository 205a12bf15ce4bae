import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import type { Engine } from './engine.js';

/**
 * The version of the kustomize that an engine is, such as `v5.8.2`; for kubectl, of the kustomize inside it.
 * @returns undefined where the engine is not installed or does not say
 */
export async function engineVersion(engine: Engine): Promise<string | undefined> {
  switch (engine) {
    case 'embedded':
      return textField(await readFile(new URL('../assets/kustomize.json', import.meta.url), 'utf8'), 'kustomize');
    case 'kustomize':
      return /v\d+\.\d+\.\d+\S*/.exec(await output('kustomize', ['version']))?.[0];
    case 'kubectl':
      return textField(await output('kubectl', ['version', '--client', '--output=json']), 'kustomizeVersion');
  }
}

async function output(program: string, command: readonly string[]): Promise<string> {
  const result = await execa(program, command, { reject: false, stdin: 'ignore', timeout: 10_000 });
  return result.failed ? '' : result.stdout;
}

function textField(json: string, field: string): string | undefined {
  if (json === '') return undefined;
  const object: unknown = JSON.parse(json);
  if (typeof object !== 'object' || object === null) return undefined;
  const value: unknown = Object.entries(object).find(([name]) => name === field)?.[1];
  return typeof value === 'string' ? value : undefined;
}

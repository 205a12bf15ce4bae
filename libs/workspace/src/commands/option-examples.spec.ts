import { describe, expect, it } from 'vitest';

import { optionsOf } from '../option.js';
import { editCommands } from './index.js';

const exampleOf = (command: string, option: string): unknown => {
  const options = editCommands.flatMap((one) => (one.name === command ? optionsOf(one) : []));
  return options.find(({ name }) => name === option)?.examples?.[0];
};

describe('what the pages and the questions show as an example', () => {
  const examples = editCommands.flatMap((command) =>
    optionsOf(command).flatMap(({ name, type, examples = [] }) => examples.map((example) => ({ command, option: name, type, example }))),
  );

  it.each(examples)('is taken: $example by --$option of $command.name', ({ command, option, type, example }) => {
    const wrong = command.options.safeParse({ [option]: type === 'list' ? [example] : example }).error?.issues.filter(({ path }) => path[0] === option);
    expect(wrong ?? []).toEqual([]);
  });

  it('is one of the option, not of another thing with the same form', () => {
    expect(exampleOf('init', 'argocdNamespace')).toBe('argocd');
    expect(exampleOf('kafka-cluster', 'namespace')).toBe('kafka');
    expect(exampleOf('operator', 'namespace')).toBe('strimzi-operator');
    expect(exampleOf('operator', 'crds')).toContain('strimzi-kafka-operator.git');
    expect(exampleOf('environment', 'cluster')).toBe('eu-1');
    expect(exampleOf('environment', 'promotesFrom')).toBe('staging');
  });
});

import { editCommands, newRepository, type Command as Edit } from '@millrace/workspace';
import { Command } from 'commander';
import { expect, it } from 'vitest';

import { addOptions, typedOptions } from './options.js';

function typed(command: Pick<Edit, 'options' | 'examples'> | undefined, ...argv: readonly string[]): unknown {
  const program = new Command();
  if (command !== undefined) addOptions(program, command);
  program.parse(argv, { from: 'user' });
  return command === undefined ? undefined : typedOptions(program, command);
}

it('takes clusters as it takes environments: repeated, or with commas', () => {
  expect(typed(newRepository, 'x', '--clusters', 'dev=https://a.example,qa=https://b.example', '--clusters', 'prod=https://c.example')).toEqual({
    name: 'x',
    clusters: ['dev=https://a.example', 'qa=https://b.example', 'prod=https://c.example'],
  });
});

it('leaves the commas in the value of a setting', () => {
  const topic = editCommands.find(({ name }) => name === 'topic');
  expect(typed(topic, 'orders', '--config', 'cleanup.policy=compact,delete')).toEqual({ name: 'orders', config: ['cleanup.policy=compact,delete'] });
});

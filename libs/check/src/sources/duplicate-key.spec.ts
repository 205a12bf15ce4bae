import { expect, it } from 'vitest';

import { readYaml } from './read-yaml.js';

const said = (text: string): string | undefined => {
  const reading = readYaml(text);
  if (reading.kind !== 'read' || reading.duplicate === undefined) return undefined;
  const { line, column, message } = reading.duplicate;
  return `${line}:${column} ${message}`;
};

it.each([
  ['spec:\n  partitions: 10\n  partitions: 12\n', '3:3 the key partitions is there twice: 10 in line 2, and 12 here'],
  ['a: 1\n---\nb: {c: true, c: false}\n', '3:14 the key c is there twice: true in line 3, and false here'],
  ['a: {b: 1}\na: [2]\n', '2:1 the key a is there twice: in line 1, and here'],
])('of %j names the key, and where it is', (text, message) => {
  expect(said(text)).toBe(message);
});

it('shows no text, which may be a password', () => {
  expect(said('stringData:\n  password: hunter22\n  password: hunter23\n')).toBe('3:3 the key password is there twice: in line 2, and here');
});

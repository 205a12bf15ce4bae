import { expect, it } from 'vitest';

import { oncePerUniverse } from './once-per-universe.js';
import { Universe } from './universe.js';

it('makes a value once for each universe, when it is asked for', () => {
  const made: Universe[] = [];
  const countOf = oncePerUniverse((universe) => {
    made.push(universe);
    return undefined;
  });
  const [one, other] = [new Universe([]), new Universe([])];
  expect(made).toEqual([]);
  for (const universe of [one, other, one]) countOf(universe);
  expect(made).toHaveLength(2);
});

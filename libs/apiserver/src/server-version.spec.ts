import { expect, it } from 'vitest';

import { schemaSetDigest, schemaSetNames } from './schema-set.js';
import { serverVersion } from './server-version.js';

it('names the server by what it is made of, the same each time', () => {
  expect(serverVersion()).toMatch(/^[0-9a-f]{64}$/);
  expect(serverVersion()).toBe(serverVersion());
});

it('tells the definitions of platforms apart, and refuses one that there is not', () => {
  const digests = schemaSetNames().map(schemaSetDigest);
  expect(new Set(digests).size).toBe(digests.length);
  expect(() => schemaSetDigest('1999.01')).toThrow('there are no schemas for platform 1999.01');
});

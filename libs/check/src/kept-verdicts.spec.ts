import { expect, it, vi } from 'vitest';

import { definitionsFor } from './definitions.js';
import { ownVersion } from './own-version.js';
import { Disk } from './sources/disk.js';

const released = vi.hoisted(() => ({ server: 'one', schemas: 'one' }));
vi.mock('@millrace/apiserver', async (original) => ({
  ...(await original<typeof import('@millrace/apiserver')>()),
  serverVersion: () => released.server,
  schemaSetDigest: () => released.schemas,
}));

it('are asked for anew where a release brings another API server', async () => {
  const before = await ownVersion();
  expect(await ownVersion()).toBe(before);
  released.server = 'two';
  expect(await ownVersion()).not.toBe(before);
});

it('are asked for anew where a release brings other definitions of the same platform', () => {
  const digest = (): string => definitionsFor(new Disk('/'), [], undefined)({ platform: '2026.11', scope: '' }).digest;
  const before = digest();
  expect(digest()).toBe(before);
  released.schemas = 'two';
  expect(digest()).not.toBe(before);
});

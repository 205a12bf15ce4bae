import { readFileSync } from 'node:fs';

import { NX_VERSIONS } from '@millrace/workspace/testing';
import { expect, it } from 'vitest';

it('the versions of Nx that init takes are those that the package asks for', () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(manifest).toMatchObject({ peerDependencies: { nx: NX_VERSIONS, '@nx/devkit': NX_VERSIONS } });
});

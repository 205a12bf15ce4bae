import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { EXAMPLE, repository } from '@millrace/workspace/testing';
import { FsTree } from 'nx/src/generators/tree';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { promote } from './generators.js';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

it('a promotion as a generator carries nothing along either', () => {
  const tree = new FsTree(root, false);
  for (const [path, text] of repository(EXAMPLE)) tree.write(path, path === 'environments/prod/environment.yaml' ? text.replace('100Gi', '200Gi') : text);
  expect(() => promote(tree, { pipeline: 'order-processor', to: 'staging' })).toThrow('not in sync: environments/prod/kafka/');
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { MillraceError } from '@millrace/model';
import { memoryFiles, newRepositorySettings, planNewRepository, textsOf } from '@millrace/workspace';
import { NX_VERSION } from '@nx/devkit';
import { FsTree } from 'nx/src/generators/tree';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { preset, sync } from './generators.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** What Nx has begun when it asks for the preset. */
function begun(): FsTree {
  const tree = new FsTree(root, false);
  tree.write('package.json', '{"name": "@my-platform/source", "devDependencies": {"nx": "23.2.1"}}');
  tree.write('nx.json', '{"$schema": "./node_modules/nx/schemas/nx-schema.json"}');
  tree.write('package-lock.json', '{}');
  tree.write('README.md', '# MyPlatform\n\nYour [Nx workspace](https://nx.dev)\n');
  return tree;
}

describe('the preset', () => {
  it('makes what create-millrace makes, file by file', () => {
    const tree = begun();
    preset(tree, { name: 'my-platform', environments: ['dev', 'prod'] });
    const wanted = textsOf(
      planNewRepository(memoryFiles(new Map()), newRepositorySettings({ name: 'my-platform', environments: ['dev', 'prod'] }), NX_VERSION),
    );
    expect(wanted.size).toBeGreaterThan(50);
    for (const [path, text] of wanted) expect(tree.read(path, 'utf8'), path).toBe(text);
    expect(tree.listChanges().map(({ path }) => path)).toHaveLength(wanted.size + 1);
  });

  it('is in sync at birth', () => {
    const tree = begun();
    preset(tree, { name: 'my-platform' });
    expect(sync(tree)).toEqual({});
  });

  it('overlooks what create-nx-workspace hands over beside, and refuses what it would refuse', () => {
    const tree = begun();
    preset(tree, { name: 'my-platform', nxCloud: 'skip', preset: '@millrace/nx', interactive: false, packageManager: 'npm' });
    expect(tree.exists('millrace.yaml')).toBe(true);
    expect(() => preset(begun(), { name: 'My Platform' })).toThrow(MillraceError);
    const mine = begun();
    mine.write('README.md', '# Ours\n');
    expect(() => preset(mine, { name: 'my-platform' })).toThrow(/^README\.md: .*\n.*npx millrace init/);
    expect(mine.read('README.md', 'utf8')).toBe('# Ours\n');
    expect(() => preset(tree, { name: 'my-platform' })).toThrow('this is a Millrace repository already');
  });
});

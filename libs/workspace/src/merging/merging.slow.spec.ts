import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { Changes } from '../changes.js';
import { diskFiles } from '../files/disk.js';
import { commitAll, committed, git } from '../git.fixture.js';
import { unmergedFiles } from '../git/unmerged-files.js';
import { memoryFiles } from '../files/memory.js';
import { contentOf, folderWith, refusalOf, withFiles, writeAll } from '../repository.fixture.js';
import { NOTHING_SPECIAL, planSync } from '../run-command.js';
import { after, EXAMPLE, repository, type Repository } from '../testing.js';
import { applyChanges } from '../writing/apply-changes.js';

const example = repository(EXAMPLE);
const PLACEMENT = 'environments/dev/pipelines/order-processor/placement.yaml';

const sync = (root: string): Changes => planSync(diskFiles(root), { ...NOTHING_SPECIAL, unmerged: unmergedFiles(root) }).changes;

/** A repository in which a merge of `theirs` into `ours` has stopped. */
function stoppedMerge(ours: Repository, theirs: Repository, base: Repository = example) {
  const folder = folderWith(base);
  const { root } = folder;
  committed(root);
  for (const [branch, files] of [
    ['theirs', theirs],
    ['ours', ours],
  ] as const) {
    git(root, 'checkout', '--quiet', '-b', branch, 'main');
    git(root, 'rm', '-r', '--quiet', '.');
    writeAll(root, files);
    commitAll(root);
  }
  expect(() => git(root, 'merge', '--quiet', '--no-edit', 'theirs')).toThrow();
  return folder;
}

describe('a declared file that one branch deletes and the other changes', () => {
  const removed = after(example, 'remove', { kind: 'placement', name: 'order-processor', environment: 'dev', deleteData: true });
  const resized = after(example, 'resize', { pipeline: 'order-processor', environment: 'dev', parallelism: 4 });

  it.each([
    ['ours deletes', removed, resized],
    ['theirs deletes', resized, removed],
  ])('is nothing to go by before somebody decides: %s', (_which, ours, theirs) => {
    using folder = stoppedMerge(ours, theirs);
    const { root } = folder;
    expect(refusalOf(() => sync(root)).problems).toEqual([
      {
        file: PLACEMENT,
        message: 'one side of the merge deleted or moved this file, the other changed it',
        remedy: `Say which is meant: git rm ${PLACEMENT}, or to keep it: git add ${PLACEMENT}`,
      },
    ]);
    git(root, 'add', PLACEMENT);
    expect(sync(root).refused).toEqual([]);
  });

  it('leaves generated files where its deletion is meant: they are named, and without them nothing of it is left', () => {
    using folder = stoppedMerge(removed, resized);
    const { root } = folder;
    git(root, 'rm', '--quiet', PLACEMENT);
    const left = 'environments/dev/pipelines/order-processor';
    expect(refusalOf(() => sync(root)).problems).toEqual([
      { file: PLACEMENT, message: 'this file is missing', remedy: `Restore ${PLACEMENT}, or remove what is left without it: rm -r ${left}` },
    ]);
    rmSync(join(root, left), { recursive: true });
    applyChanges(root, sync(root));
    const files = [...contentOf(root)].filter(([path]) => !path.endsWith('/'));
    expect(files).toEqual([...removed].sort(([a], [b]) => (a < b ? -1 : 1)));
  });
});

describe('a pipeline that one branch removes and the other uses', () => {
  it('is missing with what is left of it, by name, wherever that is', () => {
    const without = withFiles(example, {
      'apps/order-processor/pipeline.yaml': undefined,
      'apps/order-processor/releases/1.0.0/release.yaml': 'release: 1.0.0\n',
      'environments/staging/pipelines/order-processor/placement.yaml': 'release: 1.0.0\n',
    });
    expect(refusalOf(() => planSync(memoryFiles(without))).problems).toContainEqual({
      file: 'apps/order-processor/pipeline.yaml',
      message: 'this file is missing',
      remedy:
        'Restore apps/order-processor/pipeline.yaml, or remove what is left without it: ' +
        'rm -r apps/order-processor/releases environments/dev/pipelines/order-processor environments/staging/pipelines/order-processor',
    });
  });
});

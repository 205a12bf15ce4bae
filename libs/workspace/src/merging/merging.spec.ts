import { describe, expect, it } from 'vitest';

import type { Changes } from '../changes.js';
import { diskFiles } from '../files/disk.js';
import { commitAll, committed, git } from '../git.fixture.js';
import { unmergedFiles } from '../git/unmerged-files.js';
import { folderWith, refusalOf, writeAll } from '../repository.fixture.js';
import { NOTHING_SPECIAL, planSync } from '../run-command.js';
import { after, EXAMPLE, repository, type Repository } from '../testing.js';

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
});

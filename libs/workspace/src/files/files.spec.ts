import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { FsTree } from 'nx/src/generators/tree';
import { describe, expect, it } from 'vitest';

import { applyChanges } from '../writing/apply-changes.js';
import { isEmpty, summarize, type Changes } from '../changes.js';
import { editCommands } from '../commands/index.js';
import { commitAll, committed, git } from '../git.fixture.js';
import { unmergedFiles } from '../git/unmerged-files.js';
import { readWorkspace } from '../read-workspace.js';
import { contentOf, folderWith, refusalOf, replaced, textAt, withFiles, writeAll } from '../repository.fixture.js';
import { NOTHING_SPECIAL, planCommand, planSync } from '../run-command.js';
import { after, EXAMPLE, repository, type Repository } from '../testing.js';
import { commitFiles } from './commit.js';
import { diskFiles } from './disk.js';
import { filesUnder, type Files } from './files.js';
import { memoryFiles } from './memory.js';
import { treeFiles } from './tree.js';

/** A text like this. */
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

const example = repository(EXAMPLE);
const ORDERS = 'apps/order-processor/pipeline.yaml';

function plan(files: Files, name: string, options: Readonly<Record<string, unknown>>): Changes {
  const command = editCommands.find((candidate) => candidate.name === name);
  if (command === undefined) throw new Error(`there is no ${name}`);
  return planCommand(files, command, options).changes;
}

describe('a repository', () => {
  // Stale, so that there is something to plan; with a patch, and with what is nobody's business.
  const stale = withFiles(replaced(example, ORDERS, 'compression.type: snappy', 'compression.type: zstd'), {
    'environments/dev/kafka/patches/10-kafka.yaml':
      'apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata: {name: kafka-cluster}\nspec: {entityOperator: {}}\n',
    'environments/dev/kafka/NOTES.md': 'call Ada\n',
    'apps/order-processor/next/kafka/topic-gone.yaml': textAt(example, 'apps/order-processor/next/kafka/topic-orders.yaml'),
  });
  const inMemory = memoryFiles(stale);

  function expectSame(files: Files): void {
    expect(readWorkspace(files)).toEqual(readWorkspace(inMemory));
    expect(planSync(files)).toEqual(planSync(inMemory));
    const topic = { name: 'returns', pipeline: 'order-processor', partitions: 4 };
    expect(plan(files, 'topic', topic)).toEqual(plan(inMemory, 'topic', topic));
    expect([...filesUnder(files, 'environments')]).toEqual([...filesUnder(inMemory, 'environments')]);
    expect({ file: files.read('nowhere'), deeper: files.read(`${ORDERS}/deeper`), folder: files.list('nowhere') }).toEqual({
      file: undefined,
      deeper: undefined,
      folder: [],
    });
  }

  it('has something to plan here', () => {
    const { create, update, delete: gone } = planSync(inMemory).changes;
    expect([create.length, update.length, gone.length]).toEqual([0, 2, 1]);
  });

  it('is the same on disk', () => {
    using folder = folderWith(stale);
    expectSame(diskFiles(folder.root));
  });

  it("is the same in Nx's tree, with what the tree has not written yet", () => {
    using folder = folderWith(
      withFiles(stale, { [ORDERS]: textAt(example, ORDERS), 'environments/dev/kafka/kafka.yaml': undefined, 'environments/dev/old.txt': '' }),
    );
    const tree = new FsTree(folder.root, false);
    tree.write(ORDERS, textAt(stale, ORDERS));
    tree.write('environments/dev/kafka/kafka.yaml', textAt(stale, 'environments/dev/kafka/kafka.yaml'));
    tree.delete('environments/dev/old.txt');
    expectSame(treeFiles(tree));
  });

  it('is the same in a git commit, whatever the work tree has', () => {
    using folder = folderWith(stale);
    const commit = committed(folder.root);
    rmSync(join(folder.root, 'environments'), { recursive: true });
    writeFileSync(join(folder.root, 'millrace.yaml'), 'broken: [');
    expectSame(commitFiles(folder.root, commit));
  });

  it('is the same in a folder of a larger git repository', () => {
    using folder = folderWith(new Map([['environments/other/environment.yaml', 'not ours\n']]));
    const root = join(folder.root, 'platform/größe & "more"');
    mkdirSync(root, { recursive: true });
    writeAll(root, stale);
    expectSame(commitFiles(root, committed(folder.root)));
  });

  it('is not in a folder that has no commits', () => {
    using folder = folderWith(stale);
    const error = refusalOf(() => commitFiles(folder.root, 'HEAD'));
    expect(error).toMatchObject({ kind: 'usage', problems: [{ remedy: 'Run inside a git repository with at least one commit.' }] });
  });
});

describe('a symbolic link', () => {
  const leads = (path: string): unknown =>
    expect.objectContaining({
      file: path,
      message: matching(/^this path leaves the repository: a symbolic link leads to /),
      remedy: 'Remove the link or correct the path; Millrace reads and writes nothing outside.',
    });

  it.each([
    ['a declared file', ORDERS],
    ['a folder of declared files', 'environments/prod'],
    ['a folder of generated files', 'environments/prod/kafka'],
    ['a folder above', 'environments'],
  ])('that leaves the repository is refused, for %s, on disk and in the tree', (_what, path) => {
    using outside = folderWith(new Map());
    using folder = folderWith(example);
    renameSync(join(folder.root, path), join(outside.root, 'moved'));
    symlinkSync(join(outside.root, 'moved'), join(folder.root, path));
    const there = contentOf(outside.root);
    for (const files of [() => diskFiles(folder.root), () => treeFiles(new FsTree(folder.root, false))]) {
      const error = refusalOf(() => planSync(files()));
      expect(error.exitCode).toBe(1);
      expect(error.problems).toContainEqual(leads(path));
    }
    expect(contentOf(outside.root)).toEqual(there);
  });

  it('to a folder outside that does not exist yet is refused too', () => {
    using folder = folderWith(new Map([...example].filter(([path]) => !path.startsWith('environments/prod/kafka/'))));
    symlinkSync(join(folder.root, '..', 'millrace-not-there'), join(folder.root, 'environments/prod/kafka'));
    expect(refusalOf(() => planSync(diskFiles(folder.root))).problems).toContainEqual(leads('environments/prod/kafka'));
  });

  it('within the repository is followed', () => {
    using folder = folderWith(example);
    mkdirSync(join(folder.root, 'shared'));
    renameSync(join(folder.root, ORDERS), join(folder.root, 'shared/orders.yaml'));
    symlinkSync('../../shared/orders.yaml', join(folder.root, ORDERS));
    expect(isEmpty(planSync(diskFiles(folder.root)).changes)).toBe(true);
  });

  it.each([
    ['a folder of generated files', 'environments/dev/kafka-x', 'kafka'],
    ['a folder of bases', 'apps/order-processor/next/kafka-x', 'kafka'],
  ])('to %s is no folder of its own: sync takes nothing for left behind, on disk and in the tree', (_what, path, target) => {
    using folder = folderWith(example);
    symlinkSync(target, join(folder.root, path));
    for (const files of [diskFiles(folder.root), treeFiles(new FsTree(folder.root, false))]) expect(summarize(planSync(files).changes)).toEqual([]);
  });

  it('to a generated file that is left behind goes, and the file stays', () => {
    using folder = folderWith(example);
    symlinkSync('kafka.yaml', join(folder.root, 'environments/dev/kafka/kafka-x.yaml'));
    const { changes } = planSync(diskFiles(folder.root));
    expect(summarize(changes)).toEqual(['D environments/dev/kafka/kafka-x.yaml']);
    applyChanges(folder.root, changes);
    expect(contentOf(folder.root)).toEqual(new Map([...example].sort(([a], [b]) => (a < b ? -1 : 1))));
  });

  it('to itself is refused', () => {
    using folder = folderWith(withFiles(example, { [ORDERS]: undefined }));
    symlinkSync('pipeline.yaml', join(folder.root, ORDERS));
    expect(refusalOf(() => planSync(diskFiles(folder.root))).exitCode).toBe(1);
  });
});

describe('a path', () => {
  it.each(['../outside', 'apps/../../outside', '/etc/passwd', 'apps\\x', 'apps//x', './apps', '', 'C:/x', 'a\0b'])(
    'that is not one inside the repository is refused: %j',
    (path) => {
      using folder = folderWith(example);
      for (const files of [diskFiles(folder.root), treeFiles(new FsTree(folder.root, false))]) {
        expect(refusalOf(() => files.read(path)).problems).toMatchObject([{ file: path, message: matching(/^this path leaves the repository/) }]);
        expect(refusalOf(() => files.list(path)).exitCode).toBe(1);
      }
    },
  );
});

describe('a file that cannot be read', () => {
  it('is named: it is not UTF-8', () => {
    using folder = folderWith(example);
    writeFileSync(join(folder.root, ORDERS), Buffer.from([0x61, 0x3a, 0x20, 0xff]));
    expect(refusalOf(() => planSync(diskFiles(folder.root)))).toMatchObject({ exitCode: 2, problems: [{ file: ORDERS, message: 'this file is not UTF-8' }] });
  });

  it('is named: a folder stands in its place', () => {
    using folder = folderWith(withFiles(example, { [ORDERS]: undefined }));
    mkdirSync(join(folder.root, ORDERS));
    expect(refusalOf(() => planSync(diskFiles(folder.root)))).toMatchObject({ exitCode: 2, problems: [{ file: ORDERS }] });
  });
});

describe('a checkout with line ends as on Windows', () => {
  const windows: Repository = new Map([...example].map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]));

  it('is read as any other', () => {
    expect(planSync(memoryFiles(windows)).changes.refused).toEqual([]);
  });

  it('keeps its line ends in declared files that are edited', () => {
    const options = { name: 'returns', pipeline: 'order-processor', partitions: 4 };
    const now = after(windows, 'topic', options);
    expect(now.get(ORDERS)).toBe(after(example, 'topic', options).get(ORDERS)?.replaceAll('\n', '\r\n'));
    expect(now.get('millrace.yaml')).toBe(windows.get('millrace.yaml'));
    expect(now.get('apps/order-processor/next/kafka/topic-returns.yaml')).toBe(
      after(example, 'topic', options).get('apps/order-processor/next/kafka/topic-returns.yaml'),
    );
  });

  it('is in sync when git has made it', () => {
    using folder = folderWith(example);
    committed(folder.root);
    const clone = join(folder.root, 'clone');
    git(folder.root, 'clone', '--quiet', '-c', 'core.autocrlf=true', folder.root, clone);
    expect(diskFiles(clone).read(ORDERS)).toContain('\r\n');
    expect(summarize(planSync(diskFiles(clone)).changes)).toEqual([]);
  });
});

describe('two branches', () => {
  /** Plans on disk and writes. */
  function run(root: string, name: string, options: Readonly<Record<string, unknown>>): void {
    applyChanges(root, plan(diskFiles(root), name, options));
  }
  const sync = (root: string): Changes => planSync(diskFiles(root), { ...NOTHING_SPECIAL, unmerged: unmergedFiles(root) }).changes;

  it('that each add a pipeline merge without a conflict, and all is in sync', () => {
    using folder = folderWith(example);
    const { root } = folder;
    committed(root);
    const pipeline = (name: string) => ({
      name,
      team: 'orders',
      topics: [`${name}-in`, `${name}-out`],
      job: name,
      reads: [`${name}-in`],
      writes: [`${name}-out`],
    });
    for (const name of ['billing', 'shipping']) {
      git(root, 'checkout', '--quiet', '-b', name, 'main');
      run(root, 'pipeline', pipeline(name));
      commitAll(root);
    }
    git(root, 'merge', '--quiet', '--no-edit', 'billing');
    expect(sync(root)).toEqual({ create: [], update: [], delete: [], refused: [] });
    const merged = ['billing', 'shipping'].reduce((files, name) => after(files, 'pipeline', pipeline(name)), example);
    expect(contentOf(root)).toEqual(new Map([...merged].sort(([a], [b]) => (a < b ? -1 : 1))));
  });

  it('that change one generated file conflict in it at most, and sync resolves that', () => {
    using folder = folderWith(example);
    const { root } = folder;
    committed(root);
    const file = 'environments/prod/kafka/pool-broker.yaml';
    const grow = { name: 'kafka-cluster', environment: 'prod', storageClass: 'fast-ssd' };
    git(root, 'checkout', '--quiet', '-b', 'larger');
    run(root, 'kafka-cluster', { ...grow, storageSize: '200Gi', topicReplicas: 3 });
    commitAll(root);
    git(root, 'checkout', '--quiet', '-b', 'more', 'main');
    run(root, 'kafka-cluster', { ...grow, storageSize: '100Gi', brokers: 5, topicReplicas: 3 });
    commitAll(root);
    expect(() => git(root, 'merge', '--quiet', '--no-edit', 'larger')).toThrow();
    expect([...unmergedFiles(root)]).toEqual([[file, 'on both sides']]);

    applyChanges(root, sync(root));
    commitAll(root);
    expect(sync(root)).toEqual({ create: [], update: [], delete: [], refused: [] });
    const both = after(example, 'kafka-cluster', { ...grow, storageSize: '200Gi', brokers: 5, topicReplicas: 3 });
    expect(diskFiles(root).read(file)).toBe(both.get(file));
  });

  it('of which one changes what the other leaves need no sync before they merge', () => {
    const topic = after(example, 'topic', { name: 'returns', pipeline: 'order-processor' });
    const team = after(example, 'team', { name: 'billing', namespace: 'billing' });
    const touched = (files: Repository) => [...files].filter(([path, text]) => example.get(path) !== text).map(([path]) => path);
    expect(touched(topic).filter((path) => touched(team).includes(path))).toEqual([]);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { FsTree } from 'nx/src/generators/tree';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import check, { checkBatch } from './check.js';
import { sync, team } from './generators.js';
import render, { renderBatch } from './render.js';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  // Above every number that a system gives, with a step that was not reached.
  const journal = join(root, '.millrace/writing/99999999-x');
  mkdirSync(journal, { recursive: true });
  writeFileSync(join(journal, '0.new'), 'x');
  writeFileSync(join(journal, 'steps.json'), JSON.stringify([{ path: 'millrace.yaml', after: 'ab'.repeat(32), existed: false }]));
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const SAYS = 'an earlier run was interrupted while it wrote';
const graph: TaskGraph = { roots: [], tasks: {}, dependencies: {}, continuousDependencies: {} };
const context = (): ExecutorContext => ({
  ...{ root, cwd: root, isVerbose: false, projectName: 'dev/kafka', nxJsonConfiguration: {}, projectGraph: { nodes: {}, dependencies: {} } },
  projectsConfigurations: { version: 2, projects: { 'dev/kafka': { root: 'environments/dev/kafka' } } },
});

describe('what a killed run left is refused by', () => {
  it('generators, which read through a tree that is not written yet', () => {
    const tree = new FsTree(root, false);
    expect(() => team(tree, { name: 'orders', namespace: 'flink' })).toThrow(SAYS);
    expect(() => sync(tree)).toThrow(SAYS);
    expect(tree.listChanges()).toEqual([]);
  });

  it('executors', async () => {
    await expect(check({}, context())).rejects.toThrow(SAYS);
    await expect(render({}, context())).rejects.toThrow(SAYS);
    await expect(renderBatch(graph, {}, {}, context()).next()).rejects.toThrow(SAYS);
    await expect(checkBatch({ ...graph, tasks: { a: task } }, {}, {}, context()).next()).rejects.toThrow(SAYS);
  });
});

const task: TaskGraph['tasks'][string] = {
  id: 'dev/kafka:check',
  target: { project: 'dev/kafka', target: 'check' },
  projectRoot: 'environments/dev/kafka',
  ...{ overrides: {}, outputs: [], cache: true, parallelism: true },
};

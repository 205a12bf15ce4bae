import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { describe, expect, it } from 'vitest';

import { renderBatch } from './render.js';

const OVERLAYS = ['apps/a', 'apps/b', 'apps/c'];

function folderWithOverlays() {
  const root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  for (const overlay of OVERLAYS) {
    mkdirSync(join(root, overlay), { recursive: true });
    writeFileSync(join(root, overlay, 'kustomization.yaml'), 'resources: [map.yaml]\n');
    writeFileSync(join(root, overlay, 'map.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n');
  }
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

async function render(root: string) {
  const tasks: TaskGraph['tasks'] = Object.fromEntries(
    OVERLAYS.map((overlay) => [
      overlay,
      { id: overlay, target: { project: overlay, target: 'render' }, projectRoot: overlay, ...{ overrides: {}, outputs: [], cache: true, parallelism: true } },
    ]),
  );
  const context: ExecutorContext = {
    ...{ root, cwd: root, isVerbose: false, nxJsonConfiguration: {}, projectGraph: { nodes: {}, dependencies: {} } },
    projectsConfigurations: { version: 2, projects: {} },
  };
  const graph: TaskGraph = { roots: OVERLAYS, tasks, dependencies: {}, continuousDependencies: {} };
  const results = new Map<string, { success: boolean; terminalOutput: string }>();
  for await (const { task, result } of renderBatch(graph, {}, {}, context)) results.set(task, result);
  return results;
}

describe('a batch of overlays', () => {
  it('goes on where the result of one cannot be written', async () => {
    using folder = folderWithOverlays();
    mkdirSync(join(folder.root, 'dist/apps/b.yaml'), { recursive: true });
    const results = await render(folder.root);
    expect([...results].map(([task, { success }]) => [task, success]).sort()).toEqual([
      ['apps/a', true],
      ['apps/b', false],
      ['apps/c', true],
    ]);
    expect(results.get('apps/b')?.terminalOutput).toMatch(/^apps\/b: EISDIR/);
    expect(readFileSync(join(folder.root, 'dist/apps/a.yaml'), 'utf8')).toContain('kind: ConfigMap');
    expect(existsSync(join(folder.root, 'dist/apps/c.yaml'))).toBe(true);
  });
});

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { pipelineFile, placementFile } from '@millrace/model';
import { promote } from '@millrace/promotion';
import { applyFileEdits, editedFiles, memoryFiles, NO_HISTORY, readWorkspace } from '@millrace/workspace';
import { EXAMPLE, repository } from '@millrace/workspace/testing';
import { parseDocument } from 'yaml';

import { WHOLE_PLATFORM } from './whole-platform.js';

/**
 * Writes the declared files of a large repository: the complete example's three environments with the whole platform
 * switched on, and so many pipelines, each with two topics, a user, a job, and a release that staging and prod pin.
 * Nothing generated is written.
 */
export function writeLargeRepository(root: string, pipelines: number, modules: string): void {
  const example = repository(EXAMPLE);
  const declared = new Map([...example].filter(([path]) => path === 'millrace.yaml' || /^environments\/[^/]+\/environment\.yaml$/.test(path)));
  for (const { path, settings } of WHOLE_PLATFORM) {
    const document = parseDocument(declared.get(path) ?? '');
    for (const [at, value] of settings) document.setIn(at, document.createNode(value));
    declared.set(path, document.toString());
  }
  const names = Array.from({ length: pipelines }, (_, index) => `pipeline-${String(index).padStart(5, '0')}`);
  const template = example.get(pipelineFile('order-processor')) ?? '';
  for (const name of names) {
    const text = template
      .replaceAll('order-processor', name)
      .replaceAll('order-totals', `${name}-totals`)
      .replaceAll(/\borders:/g, `${name}-orders:`)
      .replaceAll('flink-app', `${name}-app`);
    declared.set(pipelineFile(name), text.replace('team: ' + `${name}-orders`, 'team: orders'));
    declared.set(placementFile('dev', name), 'release: next\n');
  }
  const workspace = readWorkspace(memoryFiles(declared));
  for (const name of names) {
    const { edits } = promote.plan(workspace, { pipeline: name, to: 'staging' }, NO_HISTORY);
    const files = editedFiles(memoryFiles(new Map()), new Map());
    for (const [path, text] of applyFileEdits(files, edits)) if (text !== null) declared.set(path, text);
    declared.set(placementFile('prod', name), `release: 1.0.0\njobs:\n  ${name}: {parallelism: 20, taskManager: {memory: 4096m, cpu: 2}}\n`);
  }
  declared.set('package.json', '{"name": "large", "private": true}\n');
  declared.set('.gitignore', 'node_modules\ndist\n.nx\n');
  declared.set(
    'nx.json',
    `${JSON.stringify({ analytics: false, defaultBase: 'main', neverConnectToCloud: true, plugins: ['@millrace/nx/plugin'], sync: { globalGenerators: ['@millrace/nx:sync'], applyChanges: false } })}\n`,
  );
  for (const [path, text] of declared) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  symlinkSync(modules, join(root, 'node_modules'));
}

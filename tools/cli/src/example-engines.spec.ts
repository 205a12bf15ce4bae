import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { engineVersion, openRenderer, type Engine } from '@millrace/kustomize';
import { promote } from '@millrace/promotion';
import { memoryFiles, overlays, readWorkspace } from '@millrace/workspace';
import { EXAMPLE, repository } from '@millrace/workspace/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The complete example: a release in staging and prod. */
const example = repository([...EXAMPLE, [promote, { pipeline: 'order-processor', to: 'staging' }], [promote, { pipeline: 'order-processor', to: 'prod' }]]);
const folders = overlays(memoryFiles(example), readWorkspace(memoryFiles(example)));

const root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
beforeAll(() => {
  for (const [path, text] of example) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

async function renderAll(engine: Engine): Promise<ReadonlyMap<string, string>> {
  await using renderer = openRenderer({ source: { root }, engine });
  const rendered = await Promise.all(folders.map((folder) => renderer.render(folder)));
  return new Map(rendered.map((result) => [result.overlay, result.kind === 'rendered' ? result.yaml : `${result.reason}: ${result.message}`]));
}
let embedded: Promise<ReadonlyMap<string, string>> | undefined;

// Older ones print some things differently, for reasons of their own.
const isComparable = (version: string): boolean => Number(/^v5\.(\d+)\./.exec(version)?.[1] ?? 0) >= 5;
const versions = new Map<Engine, string>();
for (const engine of ['kubectl', 'kustomize'] as const) {
  const version = await engineVersion(engine);
  if (version !== undefined && isComparable(version)) versions.set(engine, version);
  else console.warn(`${engine} ${version ?? 'is not installed'}: the example's overlays are NOT compared with it (that needs 5.5 or newer)`);
}

describe('every overlay of the example', () => {
  it('is there, in every environment', () => {
    const parts = ['argocd', 'argocd/settings', 'flink', 'kafka', 'pipelines/order-processor/flink', 'pipelines/order-processor/kafka'];
    expect(folders).toEqual(expect.arrayContaining(['dev', 'prod', 'staging'].flatMap((name) => parts.map((part) => `environments/${name}/${part}`))));
  });

  it('is rendered by the embedded kustomize', async () => {
    const rendered = await (embedded ??= renderAll('embedded'));
    expect([...rendered.keys()]).toEqual(folders);
    for (const yaml of rendered.values()) expect(yaml).toMatch(/^apiVersion: /);
  });

  it.runIf(versions.has('kubectl'))('has the same bytes by kubectl kustomize', async () => {
    expect(await renderAll('kubectl')).toEqual(await (embedded ??= renderAll('embedded')));
  });

  it.runIf(versions.has('kustomize'))('has the same bytes by kustomize', async () => {
    expect(await renderAll('kustomize')).toEqual(await (embedded ??= renderAll('embedded')));
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openRenderer, readResources, type Resource } from '@millrace/kustomize';
import { MillraceError, pipelineFolder } from '@millrace/model';
import { filesUnder, textsOf, type Changes, type Files } from '@millrace/workspace';

import { bodyOf, isAppliedAsIs } from './plain-files.js';
import { renderedDifferences, textDifference, type Difference } from './rendered-differences.js';

/** An overlay of an environment, or of its Argo CD. */
const KUSTOMIZATION = /^(environments\/.+)\/kustomization\.yaml$/;

/**
 * What changes would do to the clusters: every overlay that they touch, rendered before and after, and the files that
 * are applied as they are. `files` is what the changes were planned on; nothing else is read.
 */
export async function promotionDifferences(files: Files, changes: Changes, pipeline: string): Promise<readonly Difference[]> {
  const texts = textsOf(changes);
  const folders = [
    ...new Set(
      [...texts.keys()].filter((path) => path.startsWith('environments/') && !isAppliedAsIs(path)).flatMap((path) => overlayOf(files, texts, path) ?? []),
    ),
  ].sort();
  const before = new Map<string, string>();
  const pipelines = new Set([pipeline, ...folders.flatMap((folder) => /^environments\/[^/]+\/pipelines\/([^/]+)\//.exec(folder)?.[1] ?? [])]);
  const bases = [...pipelines].flatMap((name) => [`${pipelineFolder(name)}/next`, `${pipelineFolder(name)}/releases`]);
  for (const folder of [...folders, ...bases]) {
    for (const path of filesUnder(files, folder)) before.set(path, files.read(path) ?? '');
  }
  const after = new Map(before);
  for (const [path, text] of texts) {
    if (text === null) after.delete(path);
    else after.set(path, text);
  }
  const [old, now] = await Promise.all([renderAll(before, folders, 'as it is'), renderAll(after, folders, 'to be')]);
  return [
    ...folders.flatMap((folder) => renderedDifferences(folder, old.get(folder) ?? [], now.get(folder) ?? [])),
    ...[...texts]
      .filter(([path]) => isAppliedAsIs(path))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([path, text]) => textDifference(path, path, bodyOf(files.read(path)), bodyOf(text ?? undefined))),
  ];
}

function overlayOf(files: Files, texts: ReadonlyMap<string, string | null>, path: string): string | undefined {
  for (let folder = path.slice(0, path.lastIndexOf('/')); folder.includes('/'); folder = folder.slice(0, folder.lastIndexOf('/'))) {
    const kustomization = `${folder}/kustomization.yaml`;
    if (KUSTOMIZATION.test(kustomization) && (texts.has(kustomization) || files.read(kustomization) !== undefined)) return folder;
  }
  return undefined;
}

/** Each overlay's resources; an overlay that is not there has none. Everything is in memory: the root is an empty folder. */
async function renderAll(
  texts: ReadonlyMap<string, string>,
  folders: readonly string[],
  state: 'as it is' | 'to be',
): Promise<ReadonlyMap<string, readonly Resource[]>> {
  const there = folders.filter((folder) => texts.has(`${folder}/kustomization.yaml`));
  const root = await mkdtemp(join(tmpdir(), 'millrace-'));
  try {
    await using renderer = openRenderer({ source: { root, changes: texts } });
    const rendered = await Promise.all(there.map((folder) => renderer.render(folder)));
    const failed = rendered.flatMap((result) =>
      result.kind === 'failed' ? [{ file: result.overlay, message: result.message, remedy: 'Correct the overlay, or the patch that breaks it.' }] : [],
    );
    // What is broken now has nothing to compare with; what would be broken must not be promoted.
    if (state === 'to be' && failed.length > 0) throw new MillraceError('refused', failed);
    return new Map(rendered.flatMap((result) => (result.kind === 'rendered' ? [[result.overlay, readResources(result.yaml)]] : [])));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

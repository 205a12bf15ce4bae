import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { isKustomization, openRenderer, readResources, type Rendered } from '@millrace/kustomize';
import type { Problem } from '@millrace/model';
import { commitFiles, diskFiles, filesUnder, type Files } from '@millrace/workspace';

import { bodyOf, isTakenAsIs } from './plain-files.js';
import { reachableTexts } from './reachable-texts.js';
import { replacedReleases } from './replaced-releases.js';
import { renderedDifferences, textDifference, withoutTakenOver, type Difference } from './rendered-differences.js';

/** One side of a comparison: a commit of a git repository, a folder as it is, or files that are not written yet. */
export type Side =
  | { readonly kind: 'commit'; readonly root: string; readonly commit: string }
  | { readonly kind: 'folder'; readonly root: string }
  | { readonly kind: 'files'; readonly files: Files };

/** What one state of a repository would change in the clusters that have another. */
export interface RepositoryDifferences {
  readonly differences: readonly Difference[];
  /** Overlays that do not render, and what kustomize says: on the new side, or on both. */
  readonly failed: readonly { readonly overlay: string; readonly message: string }[];
  /** Releases that are others than those of the commit that is compared with. */
  readonly replaced: readonly Problem[];
}

/**
 * Renders both sides of every overlay that a file differs for, and compares them resource by resource; files that Argo CD
 * takes as they are are compared as texts. An overlay that did not render before is all new. Throws a usage error
 * where a commit is not there.
 */
export async function repositoryDifferences(before: Side, after: Side): Promise<RepositoryDifferences> {
  const [old, now] = [filesOf(before), filesOf(after)];
  const changed = changedPaths(old, now);
  const overlays = [...new Set([...overlaysOf(old, changed), ...overlaysOf(now, changed)])].sort();
  const [was, is] = [await renderAll(before, old, overlays), await renderAll(after, now, overlays)];
  const resources = (rendered: Rendered | undefined) => (rendered?.kind === 'rendered' ? readResources(rendered.yaml) : []);
  const failed = [...is.values()].filter((rendered) => rendered.kind === 'failed').map(({ overlay, message }) => ({ overlay, message }));
  const unknown = new Set(failed.map(({ overlay }) => overlay));
  return {
    differences: [
      ...withoutTakenOver(
        overlays
          .filter((overlay) => !unknown.has(overlay))
          .flatMap((overlay) => renderedDifferences(overlay, resources(was.get(overlay)), resources(is.get(overlay)))),
      ),
      ...changed.filter(isTakenAsIs).flatMap((path) => textDifference(path, path, bodyOf(old.readIfText(path)), bodyOf(now.readIfText(path)))),
    ],
    failed,
    replaced: before.kind === 'commit' ? replacedReleases(before.commit, old, now) : [],
  };
}

function filesOf(side: Side): Files {
  switch (side.kind) {
    case 'commit':
      return commitFiles(side.root, side.commit);
    case 'folder':
      return diskFiles(side.root);
    case 'files':
      return side.files;
  }
}

/** What can change an overlay: environments, and the bases of pipelines. Sorted. */
function changedPaths(old: Files, now: Files): readonly string[] {
  const paths = new Set([...pathsOf(old), ...pathsOf(now)]);
  return [...paths].filter((path) => old.readIfText(path) !== now.readIfText(path)).sort();
}

function* pathsOf(files: Files): Generator<string> {
  yield* filesUnder(files, 'environments');
  for (const { name } of files.list('apps')) for (const folder of ['next', 'releases']) yield* filesUnder(files, `apps/${name}/${folder}`);
}

/** The overlays that changed files lie in, and those whose kustomization mentions the folder of a changed base. */
function overlaysOf(files: Files, changed: readonly string[]): readonly string[] {
  const bases = new Set(changed.flatMap((path) => /^apps\/[^/]+\/(?:next|releases\/[^/]+)\//.exec(path)?.[0] ?? []));
  const own = new Set(changed.flatMap((path) => foldersOf(path)));
  const kustomizations = [...filesUnder(files, 'environments')].filter((path) => isKustomization(path));
  return kustomizations.flatMap((path) => {
    const folder = path.slice(0, path.lastIndexOf('/'));
    if (own.has(folder)) return [folder];
    const text = bases.size === 0 ? '' : (files.read(path) ?? '');
    return [...bases].some((base) => text.includes(base)) ? [folder] : [];
  });
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_part, index) => parts.slice(0, index + 1).join('/'));
}

/** Each overlay as kustomize renders it; one that is not there has nothing. What is no folder is rendered in memory, in an empty one. */
async function renderAll(side: Side, files: Files, overlays: readonly string[]): Promise<ReadonlyMap<string, Rendered>> {
  const there = overlays.filter((overlay) => files.list(overlay).some(({ name }) => isKustomization(name)));
  if (there.length === 0) return new Map();
  await using empty = await emptyFolder();
  await using renderer = openRenderer({ source: side.kind === 'folder' ? { root: side.root } : { root: empty.path, changes: reachableTexts(files, there) } });
  const rendered = await Promise.all(there.map((overlay) => renderer.render(overlay)));
  return new Map(rendered.map((result) => [result.overlay, result]));
}

async function emptyFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'millrace-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

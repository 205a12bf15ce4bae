import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openRenderer, readResources, type Rendered, type RenderSource } from '@millrace/kustomize';
import { commitTexts, diskFiles, filesUnder, memoryFiles, type Files } from '@millrace/workspace';

import { bodyOf, isAppliedAsIs } from './plain-files.js';
import { renderedDifferences, textDifference, type Difference } from './rendered-differences.js';

/** One side of a comparison: a commit, or a folder as it is. */
export type Side = { readonly kind: 'commit'; readonly commit: string } | { readonly kind: 'folder' };

/** What one state of a repository would change in the clusters that have another. */
export interface RepositoryDifferences {
  readonly differences: readonly Difference[];
  /** Overlays that do not render, and what kustomize says: on the new side, or on both. */
  readonly failed: readonly { readonly overlay: string; readonly message: string }[];
}

/**
 * Renders both sides of every overlay that a file differs for, and compares them resource by resource; files that Argo CD
 * applies as they are are compared as texts. An overlay that did not render before is all new. Throws a usage error
 * where a commit is not there.
 */
export async function repositoryDifferences(root: string, before: Side, after: Side): Promise<RepositoryDifferences> {
  await using empty = await emptyFolder();
  const [old, now] = [stateOf(root, before, empty.path), stateOf(root, after, empty.path)];
  const changed = changedPaths(old.files, now.files);
  const overlays = [...new Set([...overlaysOf(old.files, changed), ...overlaysOf(now.files, changed)])].sort();
  const [was, is] = [await renderAll(old, overlays), await renderAll(now, overlays)];
  const resources = (rendered: Rendered | undefined) => (rendered?.kind === 'rendered' ? readResources(rendered.yaml) : []);
  const failed = [...is.values()].filter((rendered) => rendered.kind === 'failed').map(({ overlay, message }) => ({ overlay, message }));
  const unknown = new Set(failed.map(({ overlay }) => overlay));
  return {
    differences: [
      ...overlays
        .filter((overlay) => !unknown.has(overlay))
        .flatMap((overlay) => renderedDifferences(overlay, resources(was.get(overlay)), resources(is.get(overlay)))),
      ...changed.filter(isAppliedAsIs).flatMap((path) => textDifference(path, path, bodyOf(old.files.read(path)), bodyOf(now.files.read(path)))),
    ],
    failed,
  };
}

interface State {
  readonly files: Files;
  /** What kustomize may read for these overlays. */
  source(overlays: readonly string[]): RenderSource;
}

function stateOf(root: string, side: Side, empty: string): State {
  if (side.kind === 'folder') return { files: diskFiles(root), source: () => ({ root }) };
  const texts = commitTexts(root, side.commit);
  const files = memoryFiles(texts);
  // Every worker is given the texts: of a large repository, those that the overlays can reach.
  const source = (overlays: readonly string[]): RenderSource => {
    const pipelines = new Set(overlays.flatMap((overlay) => /^environments\/[^/]+\/pipelines\/([^/]+)\//.exec(overlay)?.[1] ?? []));
    const isReachable = (path: string): boolean => {
      const [top, second = ''] = path.split('/');
      if (top === 'apps') return pipelines.has(second);
      return top !== 'environments' || overlays.some((overlay) => path.startsWith(`${overlay}/`));
    };
    return { root: empty, changes: new Map([...texts].filter(([path]) => isReachable(path))) };
  };
  return { files, source };
}

/** What can change an overlay: environments, and the bases of pipelines. Sorted. */
function changedPaths(old: Files, now: Files): readonly string[] {
  const paths = new Set([...pathsOf(old), ...pathsOf(now)]);
  return [...paths].filter((path) => old.read(path) !== now.read(path)).sort();
}

function* pathsOf(files: Files): Generator<string> {
  yield* filesUnder(files, 'environments');
  for (const { name } of files.list('apps')) for (const folder of ['next', 'releases']) yield* filesUnder(files, `apps/${name}/${folder}`);
}

/** The overlays that changed files lie in, and those whose kustomization mentions the folder of a changed base. */
function overlaysOf(files: Files, changed: readonly string[]): readonly string[] {
  const bases = new Set(changed.flatMap((path) => /^apps\/[^/]+\/(?:next|releases\/[^/]+)\//.exec(path)?.[0] ?? []));
  const own = new Set(changed.flatMap((path) => foldersOf(path)));
  const kustomizations = [...filesUnder(files, 'environments')].filter((path) => path.endsWith('/kustomization.yaml'));
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

async function renderAll(state: State, overlays: readonly string[]): Promise<ReadonlyMap<string, Rendered>> {
  const there = overlays.filter((overlay) => state.files.read(`${overlay}/kustomization.yaml`) !== undefined);
  await using renderer = openRenderer({ source: state.source(there) });
  const rendered = await Promise.all(there.map((overlay) => renderer.render(overlay)));
  return new Map(rendered.map((result) => [result.overlay, result]));
}

async function emptyFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'millrace-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

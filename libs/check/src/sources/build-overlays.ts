import { createHash } from 'node:crypto';

import { openRenderer, readResources, type Rendered, type Resource } from '@millrace/kustomize';
import type { ApiVerdict } from '@millrace/apiserver';

import type { FileOffence } from '../rule.js';
import type { Disk } from './disk.js';
import type { BuiltResource } from './kustomization.js';
import type { CachedOverlay, OverlayCache } from './overlay-cache.js';

/** What is known of an overlay that was built. It is kept between runs, for as long as what went into it stays. */
export interface BuiltOverlay {
  readonly resources: readonly BuiltResource[];
  /** What its kustomization's rules found, by rule. Filled in when they have run. */
  readonly offences?: readonly (readonly [rule: string, offence: FileOffence])[];
  /** What the API server's code said of each resource, and the definitions it knew then. Filled in when it was asked. */
  readonly verdicts?: { readonly definitions: string; readonly answers: readonly ApiVerdict[] };
}

/** An overlay of a run. */
export type Overlay =
  | { readonly kind: 'built'; readonly folder: string; readonly entry: CachedOverlay<BuiltOverlay> }
  | { readonly kind: 'failed'; readonly folder: string; readonly message: string };

/**
 * Builds overlays with the embedded kustomize; those that were built before and whose inputs are the same are taken from the cache.
 * @param folders from the disk's root
 * @param cache undefined where nothing is kept
 */
export async function buildOverlays(
  disk: Disk,
  folders: readonly string[],
  cache: OverlayCache<BuiltOverlay> | undefined,
  onProgress: (done: number, total: number) => void,
): Promise<readonly Overlay[]> {
  const hashes = hasher(disk);
  const known = new Map<string, Overlay>();
  for (const folder of folders) {
    const entry = cache?.read(folder, isBuilt, hashes);
    if (entry !== undefined) known.set(folder, { kind: 'built', folder, entry });
  }
  const missing = folders.filter((folder) => !known.has(folder));
  const rendered = new Map<string, Overlay>();
  if (missing.length > 0) {
    let done = 0;
    // Large definitions take long where many overlays are built at once on a few cores: that is no fault of the overlay.
    await using renderer = openRenderer({ source: { root: disk.root }, timeoutMs: 120_000 });
    await Promise.all(
      missing.map(async (folder) => {
        rendered.set(folder, overlayOf(await renderer.render(folder), hashes));
        onProgress((done += 1), missing.length);
      }),
    );
  }
  return folders.flatMap((folder) => known.get(folder) ?? rendered.get(folder) ?? []);
}

/** Keeps what this run learned of overlays that it did not know before. */
export function keepOverlays(overlays: readonly Overlay[], made: ReadonlyMap<string, BuiltOverlay>, cache: OverlayCache<BuiltOverlay>): void {
  for (const overlay of overlays) {
    const now = made.get(overlay.folder);
    if (overlay.kind === 'built' && now !== undefined && now !== overlay.entry.made) cache.write(overlay.folder, { ...overlay.entry, made: now });
  }
}

function overlayOf(rendered: Rendered, hashOf: (path: string) => string | undefined): Overlay {
  const folder = rendered.overlay;
  if (rendered.kind === 'failed') return { kind: 'failed', folder, message: rendered.message };
  try {
    const { inputs = [], absent = [] } = rendered;
    const hashed = inputs.map((path): readonly [string, string] => [path, hashOf(path) ?? '']);
    return { kind: 'built', folder, entry: { inputs: hashed, absent, made: { resources: readResources(rendered.yaml).map(withoutText) } } };
  } catch (error) {
    return { kind: 'failed', folder, message: error instanceof Error ? error.message : String(error) };
  }
}

function withoutText({ apiVersion, kind, namespace, name, body }: Resource): BuiltResource {
  return { apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), name, body };
}

function hasher(disk: Disk): (path: string) => string | undefined {
  const hashes = new Map<string, string | undefined>();
  return (path) => {
    if (!hashes.has(path)) {
      const text = disk.read(path);
      hashes.set(path, text === undefined ? (disk.kind(path) === 'folder' ? 'folder' : undefined) : createHash('sha1').update(text).digest('base64'));
    }
    return hashes.get(path);
  };
}

function isBuilt(value: unknown): value is CachedOverlay<BuiltOverlay> {
  if (typeof value !== 'object' || value === null || !('inputs' in value) || !('absent' in value) || !('made' in value)) return false;
  const { inputs, absent, made } = value;
  return Array.isArray(inputs) && Array.isArray(absent) && typeof made === 'object' && made !== null && 'resources' in made && Array.isArray(made.resources);
}

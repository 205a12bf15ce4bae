import { createHash } from 'node:crypto';

import type { CachedOverlay, OverlayCache } from './sources/overlay-cache.js';

/** Resources of plain files that were accepted before, by what they say: most of them stay as they are from run to run. */
export class AcceptedResources {
  readonly #name: string;
  readonly #known: ReadonlySet<string>;
  readonly #now = new Set<string>();

  /**
   * @param cache undefined where nothing is kept
   * @param definitions the digest of those that resources are validated against
   */
  constructor(
    private readonly cache: OverlayCache<readonly string[]> | undefined,
    definitions: string,
  ) {
    this.#name = `plain files: resources that the API server accepts, by ${definitions}`;
    this.#known = new Set(cache?.read(this.#name, isList, () => undefined)?.made);
  }

  /** Whether a resource was accepted in an earlier run. */
  has(json: string): boolean {
    const hash = hashOf(json);
    if (!this.#known.has(hash)) return false;
    this.#now.add(hash);
    return true;
  }

  add(json: string): void {
    this.#now.add(hashOf(json));
  }

  /** Keeps what this run asked about. */
  keep(): void {
    if (this.#now.size === this.#known.size && [...this.#now].every((hash) => this.#known.has(hash))) return;
    this.cache?.write(this.#name, { inputs: [], absent: [], made: [...this.#now] });
  }
}

function hashOf(json: string): string {
  return createHash('sha1').update(json).digest('base64');
}

function isList(value: unknown): value is CachedOverlay<readonly string[]> {
  if (typeof value !== 'object' || value === null || !('inputs' in value) || !('absent' in value) || !('made' in value)) return false;
  return Array.isArray(value.inputs) && Array.isArray(value.absent) && Array.isArray(value.made);
}

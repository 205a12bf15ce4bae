import { realpathSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { EmbeddedRenderer } from './embedded-renderer.js';
import type { Engine } from './engine.js';
import { ExternalRenderer } from './external-renderer.js';
import type { RenderSource } from './render-source.js';
import type { Renderer } from './renderer.js';
import { repositoryPath } from './repository-path.js';

export interface RendererOptions {
  readonly source: RenderSource;
  /** @default 'embedded' */
  readonly engine?: Engine;
  /**
   * How many overlays are rendered at the same time; each worker of the embedded engine takes about 60 MB.
   * @default the number of cores, 4 at most
   */
  readonly workers?: number;
  /**
   * How long one overlay may take, in milliseconds.
   * @default 30000
   */
  readonly timeoutMs?: number;
}

/**
 * Opens a renderer. It starts nothing yet: the first overlay does.
 * @throws {Error} if the root does not exist, a changed path leaves it, `workers` or `timeoutMs` is not a positive number, or
 *   changes are given to an external engine, which can render only what is on disk
 */
export function openRenderer(options: RendererOptions): Renderer {
  const { source, engine = 'embedded', workers = Math.min(availableParallelism(), 4), timeoutMs = 30_000 } = options;
  if (!Number.isInteger(workers) || workers < 1) throw new Error(`workers: ${workers} is not a positive integer`);
  if (!(timeoutMs > 0)) throw new Error(`timeoutMs: ${timeoutMs} is not a positive number`);
  const root = realpathSync(source.root);
  const changes = new Map<string, string | null>();
  for (const [path, text] of source.changes ?? []) changes.set(repositoryPath(path), text);
  if (engine === 'embedded') return new EmbeddedRenderer({ root, changes, workers, timeoutMs });
  if (changes.size > 0) throw new Error(`${engine} renders what is on disk: only the embedded engine can render planned changes`);
  return new ExternalRenderer({ engine, root, workers, timeoutMs });
}

import { availableParallelism } from 'node:os';
import type { ApiServer } from './api-server.js';
import type { DefinitionSource } from './definition-source.js';
import { EmbeddedApiServer } from './embedded-api-server.js';

export interface ApiServerOptions {
  /** Where the definitions of custom resources come from. Kubernetes' own kinds are always known. */
  readonly definitions: DefinitionSource;
  /**
   * How many worker threads there are at most; a second one starts only when hundreds of resources wait.
   * Each takes 60 to 250 MB, the more the more kinds it has seen.
   * @default the number of cores, 4 at most
   */
  readonly workers?: number;
  /**
   * How long one resource may take, in milliseconds.
   * @default 30000
   */
  readonly timeoutMs?: number;
}

/**
 * Opens an API server. It starts nothing yet: the first resource does.
 * @throws {Error} if `workers` or `timeoutMs` is not a positive number
 */
export function openApiServer(options: ApiServerOptions): ApiServer {
  const { definitions, workers = Math.min(availableParallelism(), 4), timeoutMs = 30_000 } = options;
  if (!Number.isInteger(workers) || workers < 1) throw new Error(`workers: ${workers} is not a positive integer`);
  if (!(timeoutMs > 0)) throw new Error(`timeoutMs: ${timeoutMs} is not a positive number`);
  return new EmbeddedApiServer({ definitions, workers, timeoutMs });
}

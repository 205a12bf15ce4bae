import type { Rendered } from './rendered.js';

/** What a worker is started with. */
export interface WorkerStart {
  readonly module: WebAssembly.Module;
  /** The repository's root as a real path. */
  readonly root: string;
  readonly changes: ReadonlyMap<string, string | null>;
}

/** To a worker: render this. It does one overlay at a time. */
export interface WorkerRequest {
  readonly overlay: string;
}

/** From a worker: what became of the overlay it was asked for. */
export interface WorkerReply {
  readonly rendered: Rendered;
}

import { embeddedModule } from './embedded-module.js';
import { OverlayWorker } from './overlay-worker.js';
import type { Rendered } from './rendered.js';
import type { Renderer } from './renderer.js';
import { repositoryPath } from './repository-path.js';

/** How the embedded engine works. */
export interface EmbeddedOptions {
  /** The repository's root as a real path. */
  readonly root: string;
  /** Paths in the form that `repositoryPath` gives. */
  readonly changes: ReadonlyMap<string, string | null>;
  /** How many overlays are rendered at the same time. */
  readonly workers: number;
  /** How long one overlay may take, in milliseconds, from when a worker has begun it. */
  readonly timeoutMs: number;
}

interface Job {
  readonly overlay: string;
  readonly resolve: (rendered: Rendered) => void;
  readonly reject: (error: Error) => void;
}

/** Renders with the kustomize that comes with this package, in worker threads that start when there is work for them. */
export class EmbeddedRenderer implements Renderer {
  readonly #options: EmbeddedOptions;
  readonly #waiting: Job[] = [];
  readonly #idle: OverlayWorker[] = [];
  readonly #busy = new Map<OverlayWorker, Job>();
  #closed = false;

  constructor(options: EmbeddedOptions) {
    this.#options = options;
  }

  async render(overlay: string): Promise<Rendered> {
    let folder: string;
    try {
      folder = repositoryPath(overlay);
    } catch (error) {
      return { kind: 'failed', overlay, reason: 'refused', message: error instanceof Error ? error.message : String(error) };
    }
    const module = await embeddedModule();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ overlay: folder, resolve, reject });
      this.#assign(module);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const workers = [...this.#idle.splice(0), ...this.#busy.keys()];
    const jobs = [...this.#waiting.splice(0), ...this.#busy.values()];
    this.#busy.clear();
    for (const job of jobs) job.reject(new Error(`the renderer was closed before ${job.overlay} was rendered`));
    await Promise.all(workers.map((worker) => worker.end()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #assign(module: WebAssembly.Module): void {
    if (this.#closed) {
      for (const job of this.#waiting.splice(0)) job.reject(new Error(`the renderer is closed: ${job.overlay} was not rendered`));
    }
    while (this.#busy.size < this.#options.workers) {
      const job = this.#waiting.shift();
      if (job === undefined) return;
      const { root, changes } = this.#options;
      const idle = this.#idle.pop();
      const worker = idle?.usable === true ? idle : new OverlayWorker({ module, root, changes });
      this.#busy.set(worker, job);
      void this.#run(worker, job, module);
    }
  }

  async #run(worker: OverlayWorker, job: Job, module: WebAssembly.Module): Promise<void> {
    const rendered = await worker.render(job.overlay, this.#options.timeoutMs);
    // After close() the job has its answer already, and the worker is gone.
    if (!this.#busy.delete(worker)) return;
    if (worker.usable) this.#idle.push(worker);
    job.resolve(rendered);
    this.#assign(module);
  }
}

import { Worker } from 'node:worker_threads';
import type { ApiVerdict } from './api-verdict.js';
import type { ModuleName } from './embedded-module.js';
import type { GivenDefinition, Task, WorkerReply, WorkerRequest } from './worker-messages.js';

/** Why a worker stopped before it had answered everything. */
export type Failure = Extract<ApiVerdict, { readonly kind: 'failed' }>;

/** What a worker is asked to do. */
export interface Batch {
  readonly modules: ReadonlyMap<ModuleName, WebAssembly.Module>;
  /** The definitions that the tasks name. */
  readonly definitions: ReadonlyMap<string, GivenDefinition>;
  readonly tasks: readonly Task[];
  /** How long one task may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Takes the verdicts in the order of the tasks. */
  readonly onVerdict: (verdict: ApiVerdict) => void;
}

/** A thread that validates one batch at a time. */
export class ValidationWorker {
  readonly #worker = new Worker(new URL('../dist/worker.js', import.meta.url), { env: {}, execArgv: [] });
  readonly #known = new Set<string>();
  /** Ends the batch at hand; undefined while there is none. */
  #done: ((failure: Failure | undefined) => void) | undefined;
  #onVerdict: (verdict: ApiVerdict) => void = () => undefined;
  #usable = true;

  constructor() {
    this.#worker.on('message', ({ verdict }: WorkerReply) => this.#onVerdict(verdict));
    this.#worker.on('error', (error) => this.#abandon({ kind: 'failed', reason: 'crashed', message: `the worker broke: ${String(error)}` }));
    this.#worker.on('exit', (status) => this.#abandon({ kind: 'failed', reason: 'crashed', message: `the worker ended with status ${status}` }));
    this.#worker.unref();
  }

  /** False once the thread has ended, or is about to: after a timeout or a crash of the thread itself. */
  get usable(): boolean {
    return this.#usable;
  }

  /**
   * Validates a batch. The one before must be done.
   * @returns why the thread ended before the next verdict; undefined when all are given
   */
  validate({ modules, definitions, tasks, timeoutMs, onVerdict }: Batch): Promise<Failure | undefined> {
    return new Promise((resolve) => {
      let left = tasks.length;
      const limit = setTimeout(() => this.#abandon({ kind: 'failed', reason: 'timeout', message: `it took longer than ${timeoutMs} ms` }), timeoutMs);
      this.#done = (failure) => {
        clearTimeout(limit);
        this.#done = undefined;
        this.#onVerdict = () => undefined;
        this.#worker.unref();
        resolve(failure);
      };
      this.#onVerdict = (verdict) => {
        onVerdict(verdict);
        left -= 1;
        if (left === 0) this.#done?.(undefined);
        else limit.refresh();
      };
      // The thread keeps the process alive only while it works, so that a forgotten close() does not hang a command.
      this.#worker.ref();
      const added = new Map([...definitions].filter(([key]) => !this.#known.has(key)));
      for (const key of added.keys()) this.#known.add(key);
      const request: WorkerRequest = { modules: Object.fromEntries(modules), definitions: added, tasks };
      this.#worker.postMessage(request);
    });
  }

  /** Ends the thread; a batch it is at fails as crashed. */
  async end(): Promise<void> {
    this.#usable = false;
    await this.#worker.terminate();
  }

  #abandon(failure: Failure): void {
    this.#usable = false;
    this.#done?.(failure);
    void this.#worker.terminate();
  }
}

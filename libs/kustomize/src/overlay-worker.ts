import { Worker } from 'node:worker_threads';
import type { FailureReason, Rendered } from './rendered.js';
import type { WorkerReply, WorkerRequest, WorkerStart } from './worker-messages.js';

/** A thread that renders one overlay at a time. */
export class OverlayWorker {
  readonly #worker: Worker;
  /** Answers the overlay at hand; undefined while there is none. */
  #answer: ((rendered: Rendered) => void) | undefined;
  #overlay = '';
  #usable = true;

  constructor(start: WorkerStart) {
    this.#worker = new Worker(new URL('../dist/worker.js', import.meta.url), { workerData: start, env: {}, execArgv: [] });
    this.#worker.on('message', ({ rendered }: WorkerReply) => this.#answer?.(rendered));
    this.#worker.on('error', (error) => this.#abandon('crashed', `the worker broke: ${String(error)}`));
    this.#worker.on('exit', (status) => this.#abandon('crashed', `the worker ended with status ${status}`));
    this.#worker.unref();
  }

  /** False once the thread has ended, or is about to: after a timeout or a crash of the thread itself. */
  get usable(): boolean {
    return this.#usable;
  }

  /**
   * Renders one overlay. The one before must be done.
   * @param overlay the overlay's folder relative to the root
   * @param timeoutMs when to give up; the thread is ended then
   */
  render(overlay: string, timeoutMs: number): Promise<Rendered> {
    return new Promise((resolve) => {
      const limit = setTimeout(() => this.#abandon('timeout', `${overlay} took longer than ${timeoutMs} ms`), timeoutMs);
      this.#overlay = overlay;
      this.#answer = (rendered) => {
        clearTimeout(limit);
        this.#answer = undefined;
        this.#worker.unref();
        resolve(rendered);
      };
      // The thread keeps the process alive only while it works, so that a forgotten close() does not hang a command.
      this.#worker.ref();
      const request: WorkerRequest = { overlay };
      this.#worker.postMessage(request);
    });
  }

  /** Ends the thread; an overlay it is at fails as crashed. */
  async end(): Promise<void> {
    this.#usable = false;
    await this.#worker.terminate();
  }

  #abandon(reason: FailureReason, message: string): void {
    this.#usable = false;
    this.#answer?.({ kind: 'failed', overlay: this.#overlay, reason, message });
    void this.#worker.terminate();
  }
}

import { execa } from 'execa';
import type { Rendered } from './rendered.js';
import type { Renderer } from './renderer.js';
import { repositoryPath } from './repository-path.js';

/** How an external engine works. */
export interface ExternalOptions {
  readonly engine: 'kustomize' | 'kubectl';
  /** The repository's root as a real path. */
  readonly root: string;
  /** How many processes run at the same time. */
  readonly workers: number;
  /** How long one overlay may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** Renders with a program on the PATH, a process each overlay. What that program can reach is not restricted here. */
export class ExternalRenderer implements Renderer {
  readonly #options: ExternalOptions;
  readonly #closing = new AbortController();
  readonly #turns: (() => void)[] = [];
  #free: number;

  constructor(options: ExternalOptions) {
    this.#options = options;
    this.#free = options.workers;
  }

  async render(overlay: string): Promise<Rendered> {
    let folder: string;
    try {
      folder = repositoryPath(overlay);
    } catch (error) {
      return { kind: 'failed', overlay, reason: 'refused', message: error instanceof Error ? error.message : String(error) };
    }
    await this.#turn();
    try {
      return await this.#run(folder);
    } finally {
      this.#free += 1;
      this.#turns.shift()?.();
    }
  }

  close(): Promise<void> {
    this.#closing.abort();
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #turn(): Promise<void> {
    while (this.#free === 0) await new Promise<void>((resolve) => this.#turns.push(resolve));
    this.#free -= 1;
  }

  async #run(overlay: string): Promise<Rendered> {
    const { engine, root, timeoutMs } = this.#options;
    const closed = (): Error => new Error(`the renderer was closed before ${overlay} was rendered`);
    if (this.#closing.signal.aborted) throw closed();
    // The dot keeps a folder's name from being read as an option or as a repository's address.
    const command = engine === 'kustomize' ? ['build', `./${overlay}`] : ['kustomize', `./${overlay}`];
    const result = await execa(engine, command, {
      cwd: root,
      timeout: timeoutMs,
      cancelSignal: this.#closing.signal,
      stripFinalNewline: false,
      stdin: 'ignore',
      reject: false,
    });
    if (!result.failed) {
      const warnings = result.stderr.split('\n').filter((line) => line !== '');
      return { kind: 'rendered', overlay, yaml: result.stdout, warnings };
    }
    if (result.isCanceled) throw closed();
    if (result.timedOut) {
      return { kind: 'failed', overlay, reason: 'timeout', message: `${overlay} took longer than ${timeoutMs} ms` };
    }
    if (result.code === 'ENOENT') {
      return { kind: 'failed', overlay, reason: 'engine-missing', message: `${engine} is not installed, or not on the PATH` };
    }
    if (result.exitCode === undefined) {
      return { kind: 'failed', overlay, reason: 'crashed', message: `${engine} was ended by ${result.signal ?? 'an error'}` };
    }
    const message = result.stderr.replaceAll(`${root}/`, '').replaceAll(root, '.').trim();
    return { kind: 'failed', overlay, reason: 'refused', message: message.replace(/^error: /i, '') };
  }
}

import { buildOutcome, hostAnswer } from './host-answer.js';
import { mounted, unmounted } from './mount.js';
import type { RepositoryFiles, Resolved } from './repository-files.js';
import { systemCalls } from './wasi.js';

/** What the module made of an overlay, in its own words. */
export interface Build {
  readonly outcome: keyof typeof buildOutcome;
  readonly text: string;
  /** What it wrote to standard error. */
  readonly log: string;
}

const nothing = new Uint8Array();

/** One instance of the WebAssembly module: a kustomize with its own memory. After a trap it must not be used again. */
export class KustomizeInstance {
  readonly #files: RepositoryFiles;
  readonly #instance: WebAssembly.Instance;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #encoder = new TextEncoder();
  #overlay = '';
  #answer: Uint8Array = nothing;
  #log: Uint8Array[] = [];
  #finished: { readonly outcome: number; readonly text: string } | undefined;

  /**
   * @param module the compiled assets/kustomize.wasm
   * @param files what builds may read
   */
  constructor(module: WebAssembly.Module, files: RepositoryFiles) {
    this.#files = files;
    this.#instance = new WebAssembly.Instance(module, {
      wasi_snapshot_preview1: systemCalls(
        () => this.#memory(),
        (bytes) => this.#log.push(bytes),
      ),
      millrace: {
        overlay: () => this.#answerWith(hostAnswer.folder, this.#encoder.encode(mounted(this.#overlay))),
        resolve: (at = 0, size = 0) => this.#resolve(this.#text(at, size)),
        read: (at = 0, size = 0) => this.#read(this.#text(at, size)),
        answer_size: () => this.#answer.length,
        answer_copy: (to = 0) => new Uint8Array(this.#memory()).set(this.#answer, to),
        finish: (outcome = 0, at = 0, size = 0) => {
          this.#finished = { outcome, text: this.#text(at, size) };
        },
      },
    });
    this.#call('_initialize');
  }

  /** The size of the instance's memory in bytes; it never shrinks. */
  get memoryBytes(): number {
    return this.#memory().byteLength;
  }

  /**
   * Renders one overlay.
   * @param overlay the overlay's folder relative to the root
   * @throws {Error} if the module trapped; its message has what the module wrote before
   */
  build(overlay: string): Build {
    this.#overlay = overlay;
    this.#log = [];
    this.#finished = undefined;
    this.#call('build');
    const finished: Build | undefined = this.#finish();
    if (finished === undefined) throw new Error(`the module ended without a result. ${this.#logged()}`.trimEnd());
    return finished;
  }

  #finish(): Build | undefined {
    const finished = this.#finished;
    if (finished === undefined) return undefined;
    const { text } = finished;
    const log = this.#logged();
    switch (finished.outcome) {
      case buildOutcome.rendered:
        return { outcome: 'rendered', text, log };
      case buildOutcome.refused:
        return { outcome: 'refused', text, log };
      default:
        return { outcome: 'panicked', text, log };
    }
  }

  #call(name: '_initialize' | 'build'): void {
    const exported = this.#instance.exports[name];
    if (typeof exported !== 'function') throw new Error(`assets/kustomize.wasm has no function ${name}`);
    try {
      Reflect.apply(exported, undefined, []);
    } catch (error) {
      throw new Error(`${String(error)}\n${this.#logged()}`.trimEnd(), { cause: error });
    }
  }

  #logged(): string {
    return this.#decoder.decode(Buffer.concat(this.#log));
  }

  #memory(): ArrayBuffer {
    const memory = this.#instance.exports['memory'];
    if (!(memory instanceof WebAssembly.Memory)) throw new Error('assets/kustomize.wasm exports no memory');
    return memory.buffer;
  }

  #text(at: number, size: number): string {
    return this.#decoder.decode(new Uint8Array(this.#memory(), at, size));
  }

  #answerWith(status: number, answer: Uint8Array): number {
    this.#answer = answer;
    return status;
  }

  #locate(wanted: string): Resolved {
    const inside = unmounted(wanted);
    if (inside === undefined) return { kind: 'refused', message: `${wanted} leaves the repository` };
    try {
      return this.#files.resolve(inside);
    } catch (error) {
      return { kind: 'refused', message: error instanceof Error ? error.message : String(error) };
    }
  }

  #resolve(wanted: string): number {
    const found = this.#locate(wanted);
    switch (found.kind) {
      case 'file':
      case 'folder':
        return this.#answerWith(hostAnswer[found.kind], this.#encoder.encode(mounted(found.path)));
      case 'absent':
        return this.#answerWith(hostAnswer.absent, nothing);
      case 'refused':
        return this.#answerWith(hostAnswer.refused, this.#encoder.encode(found.message));
    }
  }

  #read(wanted: string): number {
    const found = this.#locate(wanted);
    if (found.kind !== 'file') return this.#resolve(wanted);
    try {
      return this.#answerWith(hostAnswer.file, this.#files.read(found.path));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return this.#answerWith(hostAnswer.refused, this.#encoder.encode(message));
    }
  }
}

import type { Report } from './report.js';
import { systemCalls } from './wasi.js';

/** A function of the module panicked. */
export class Panic extends Error {
  override readonly name = 'Panic';
}

/** What a call of the module gave. */
export interface Outcome {
  readonly reports: readonly Report[];
  readonly answers: readonly string[];
}

/**
 * One instance of a WebAssembly module of go/, with its own memory. It has started already: the module is a snapshot of one that had. After an
 * error it must not be used again.
 */
export class ModuleInstance {
  readonly #instance: WebAssembly.Instance;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #encoder = new TextEncoder();
  #input: Uint8Array = new Uint8Array();
  #reports: Report[] = [];
  #answers: string[] = [];
  #log: Uint8Array[] = [];
  #panic: string | undefined;

  constructor(module: WebAssembly.Module) {
    this.#instance = new WebAssembly.Instance(module, {
      wasi_snapshot_preview1: systemCalls(
        () => this.#memory(),
        (bytes) => this.#log.push(bytes),
      ),
      millrace: {
        input_size: () => this.#input.length,
        input_copy: (to = 0) => new Uint8Array(this.#memory()).set(this.#input, to),
        report: (reason = 0, reasonSize = 0, field = 0, fieldSize = 0, message = 0, messageSize = 0) => {
          this.#reports.push({ reason: this.#text(reason, reasonSize), field: this.#text(field, fieldSize), message: this.#text(message, messageSize) });
        },
        answer: (text = 0, size = 0) => {
          this.#answers.push(this.#text(text, size));
        },
        panicked: (text = 0, size = 0) => {
          this.#panic = this.#text(text, size);
        },
      },
    });
  }

  /** The size of the instance's memory in bytes; it never shrinks. */
  get memoryBytes(): number {
    return this.#memory().byteLength;
  }

  /**
   * Calls a function of the module.
   * @param name what it is exported as
   * @param input the text it is about
   * @throws {Panic} if it panicked
   * @throws {Error} if it trapped; the message has what the module wrote before
   */
  call(name: string, input: string, ...values: readonly number[]): Outcome {
    this.#input = this.#encoder.encode(input);
    this.#reports = [];
    this.#answers = [];
    this.#panic = undefined;
    this.#run(name, values);
    this.#failOnPanic();
    return { reports: this.#reports, answers: this.#answers };
  }

  #failOnPanic(): void {
    if (this.#panic !== undefined) throw new Panic(this.#panic);
  }

  #run(name: string, values: readonly number[]): void {
    const exported = this.#instance.exports[name];
    if (typeof exported !== 'function') throw new Error(`the module has no function ${name}`);
    this.#log = [];
    try {
      Reflect.apply(exported, undefined, values);
    } catch (error) {
      throw new Error(`${String(error)}\n${this.#decoder.decode(Buffer.concat(this.#log))}`.trimEnd(), { cause: error });
    }
  }

  #memory(): ArrayBuffer {
    const memory = this.#instance.exports['memory'];
    if (!(memory instanceof WebAssembly.Memory)) throw new Error('the module exports no memory');
    return memory.buffer;
  }

  #text(at: number, size: number): string {
    return this.#decoder.decode(new Uint8Array(this.#memory(), at, size));
  }
}

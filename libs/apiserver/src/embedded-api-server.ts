import type { ApiServer } from './api-server.js';
import type { ApiVerdict } from './api-verdict.js';
import type { DefinitionSource } from './definition-source.js';
import { embeddedModule, type ModuleName } from './embedded-module.js';
import { planTask } from './plan-task.js';
import { ValidationWorker, type Failure } from './validation-worker.js';
import type { GivenDefinition, Task } from './worker-messages.js';

/** How the embedded server works. */
export interface EmbeddedOptions {
  readonly definitions: DefinitionSource;
  /** How many workers there are at most. */
  readonly workers: number;
  /** How long one resource may take, in milliseconds, from when a worker has begun it. */
  readonly timeoutMs: number;
}

interface Job {
  readonly task: Task;
  readonly resolve: (verdict: ApiVerdict) => void;
  readonly reject: (error: Error) => void;
}

// A worker takes some 0.2 s to start and to compile what its resources need; below this one does it sooner alone.
const worthAWorker = 200;

/** As many as a worker takes at a time: they are answered one by one, so that this is only about the cost of messages. */
const batchSize = 50;

/** Validates with the API server that comes with this package, in worker threads that start when there is work for them. */
export class EmbeddedApiServer implements ApiServer {
  readonly #options: EmbeddedOptions;
  readonly #definitions = new Map<string, GivenDefinition | undefined>();
  readonly #modules = new Map<ModuleName, WebAssembly.Module>();
  readonly #waiting: Job[] = [];
  readonly #idle: ValidationWorker[] = [];
  readonly #busy = new Map<ValidationWorker, readonly Job[]>();
  #closed = false;

  constructor(options: EmbeddedOptions) {
    this.#options = options;
  }

  async validate(resources: readonly string[]): Promise<readonly ApiVerdict[]> {
    this.#failIfClosed();
    const plans = resources.map((text) => planTask(text, (key, group, kind) => this.#definition(key, group, kind) !== undefined));
    const names = new Set(plans.flatMap((plan) => ('task' in plan ? [plan.task.module] : [])));
    // The thread starts while the module is unpacked.
    if (names.size > 0 && this.#idle.length + this.#busy.size === 0) this.#idle.push(new ValidationWorker());
    await Promise.all([...names].map(async (name) => this.#modules.set(name, await embeddedModule(name))));
    this.#failIfClosed();
    const verdicts = plans.map((plan) => ('task' in plan ? this.#enqueue(plan.task) : Promise.resolve(plan.verdict)));
    // What needs the same definition comes together, so that few workers compile it.
    this.#waiting.sort((a, b) => compare(a.task.definition ?? '', b.task.definition ?? ''));
    this.#assign();
    return Promise.all(verdicts);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const workers = [...this.#idle.splice(0), ...this.#busy.keys()];
    const jobs = [...this.#waiting.splice(0), ...[...this.#busy.values()].flat()];
    this.#busy.clear();
    for (const job of jobs) job.reject(new Error('the API server was closed before it had validated everything'));
    await Promise.all(workers.map((worker) => worker.end()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #failIfClosed(): void {
    if (this.#closed) throw new Error('the API server is closed');
  }

  #definition(key: string, group: string, kind: string): GivenDefinition | undefined {
    if (!this.#definitions.has(key)) {
      const { definitions } = this.#options;
      const text = definitions.find(group, kind);
      this.#definitions.set(key, text === undefined ? undefined : { text, isProven: definitions.proves?.(group, kind) ?? false });
    }
    return this.#definitions.get(key);
  }

  #enqueue(task: Task): Promise<ApiVerdict> {
    return new Promise((resolve, reject) => this.#waiting.push({ task, resolve, reject }));
  }

  #assign(): void {
    while (this.#waiting.length > 0 && this.#busy.size < this.#options.workers) {
      if (this.#busy.size > 0 && this.#waiting.length < worthAWorker) return;
      const idle = this.#idle.pop();
      const worker = idle?.usable === true ? idle : new ValidationWorker();
      const jobs = this.#waiting.splice(0, batchSize);
      this.#busy.set(worker, jobs);
      void this.#run(worker, jobs);
    }
  }

  async #run(worker: ValidationWorker, jobs: readonly Job[]): Promise<void> {
    const left = [...jobs];
    const failure = await worker.validate({
      modules: this.#modules,
      definitions: this.#needed(jobs),
      tasks: jobs.map(({ task }) => task),
      timeoutMs: this.#options.timeoutMs,
      onVerdict: (verdict) => left.shift()?.resolve(verdict),
    });
    // After close() the jobs have their answer already, and the worker is gone.
    if (!this.#busy.delete(worker)) return;
    this.#putBack(left, failure);
    if (worker.usable) this.#idle.push(worker);
    this.#assign();
  }

  /** The job that the worker was at has failed; those behind it are another worker's. */
  #putBack(left: Job[], failure: Failure | undefined): void {
    if (failure === undefined) return;
    left.shift()?.resolve(failure);
    this.#waiting.unshift(...left);
  }

  #needed(jobs: readonly Job[]): ReadonlyMap<string, GivenDefinition> {
    const needed = new Map<string, GivenDefinition>();
    for (const { task } of jobs) {
      const definition = task.definition === undefined ? undefined : this.#definitions.get(task.definition);
      if (task.definition !== undefined && definition !== undefined) needed.set(task.definition, definition);
    }
    return needed;
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

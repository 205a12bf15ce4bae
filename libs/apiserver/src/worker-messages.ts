import type { ApiVerdict } from './api-verdict.js';
import type { ModuleName } from './embedded-module.js';
import type { Subject } from './subject.js';

/** A CustomResourceDefinition, and whether it is known that the server accepts it. */
export interface GivenDefinition {
  /** JSON. */
  readonly text: string;
  readonly isProven: boolean;
}

/** A resource to validate, and by what. */
export interface Task {
  readonly text: string;
  readonly subject: Subject;
  readonly module: ModuleName;
  /** The key of the definition of a custom resource; undefined for a resource that has or needs none. */
  readonly definition: string | undefined;
}

/** To a worker: validate these. It does one request at a time. */
export interface WorkerRequest {
  /** The modules that the tasks need. */
  readonly modules: Readonly<Partial<Record<ModuleName, WebAssembly.Module>>>;
  /** Definitions by key that the worker has not had before. */
  readonly definitions: ReadonlyMap<string, GivenDefinition>;
  readonly tasks: readonly Task[];
}

/** From a worker: the verdict on the next task. */
export interface WorkerReply {
  readonly verdict: ApiVerdict;
}

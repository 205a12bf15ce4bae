import type { ApiVerdict } from './api-verdict.js';

/** An API server without a cluster: it says what it thinks of a resource, and stores nothing. */
export interface ApiServer {
  /**
   * Says of each resource what the API server would say to its creation, with strict field validation. Calls may overlap.
   * @param resources JSON texts; integers keep all their digits
   * @returns a verdict for each, in the same order
   * @throws {Error} if the server is closed, or closes before the answer; what a definition source throws
   */
  validate(resources: readonly string[]): Promise<readonly ApiVerdict[]>;
  /** Ends the workers. Calling it again does nothing. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

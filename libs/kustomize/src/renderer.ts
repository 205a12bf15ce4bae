import type { Rendered } from './rendered.js';

/** Renders overlays of one source. It may keep what it read, so open one for each run of a command. */
export interface Renderer {
  /**
   * Renders one overlay; calls may overlap.
   * @param overlay the overlay's folder relative to the source's root, POSIX separators
   * @returns the YAML, or why there is none: an overlay that cannot be rendered is a value, not an exception
   * @throws {Error} if the renderer is closed, or closes before the overlay is rendered
   */
  render(overlay: string): Promise<Rendered>;
  /** Ends the workers and removes what was written for them. Calling it again does nothing. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

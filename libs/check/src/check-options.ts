import type { PlatformName } from '@millrace/model';

import type { Reach } from './judge.js';

/** What a run is asked to check, and how. */
export interface CheckOptions {
  /** The folder that paths are relative to, and that findings name files from. Absolute. */
  readonly folder: string;
  /** Files and folders; `-` for standard input. */
  readonly paths: readonly string[];
  /** What came in on standard input. */
  readonly standardInput?: Uint8Array;
  /** @default 'everything' */
  readonly reach?: Reach;
  /**
   * The tested set to check against, whatever environments say: the next one, before they move to it.
   * @default each environment's in a Millrace repository, the newest elsewhere
   */
  readonly platform?: PlatformName;
  /**
   * Where overlays that were built are kept for the next run: a folder of a version each, for as long as it is used.
   * @default nowhere
   */
  readonly cache?: string;
  /** Told of long work: what is done, and how much of it. */
  readonly onProgress?: (what: string, done: number, total: number) => void;
}

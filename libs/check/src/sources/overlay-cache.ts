import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/** What is kept of an overlay between runs: what it was made from, and what was made of it. */
export interface CachedOverlay<T> {
  /** Files that were read, with the hash of each text. */
  readonly inputs: readonly (readonly [path: string, hash: string])[];
  /** Paths that were asked for and are not there. */
  readonly absent: readonly string[];
  readonly made: T;
}

/**
 * Overlays that were built before, in files of a folder that may be removed at any time. What is found is only taken where
 * everything that went into it is the same; what cannot be read or written is made again.
 */
export class OverlayCache<T> {
  readonly #folder: string;

  /** @param folder of the programs and rules that made what is in it, see {@link versionFolder} */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * @param isEntry whether what was kept has the shape that is wanted: a file of this folder is not trusted
   * @param hashOf a file's hash now; undefined where there is none
   */
  read(overlay: string, isEntry: (value: unknown) => value is CachedOverlay<T>, hashOf: (path: string) => string | undefined): CachedOverlay<T> | undefined {
    try {
      const entry: unknown = deserialize(readFileSync(this.#file(overlay)));
      if (!isEntry(entry)) return undefined;
      const isSame = entry.inputs.every(([path, hash]) => hashOf(path) === hash) && entry.absent.every((path) => hashOf(path) === undefined);
      return isSame ? entry : undefined;
    } catch {
      return undefined;
    }
  }

  write(overlay: string, entry: CachedOverlay<T>): void {
    const file = this.#file(overlay);
    const temporary = `${file}.${process.pid}`;
    try {
      mkdirSync(this.#folder, { recursive: true });
      writeFileSync(temporary, serialize(entry));
      renameSync(temporary, file);
    } catch {
      rmSync(temporary, { force: true });
    }
  }

  #file(overlay: string): string {
    return join(this.#folder, createHash('sha256').update(overlay).digest('hex').slice(0, 40));
  }
}

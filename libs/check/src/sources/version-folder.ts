import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

/** Long enough for whoever goes back and forth between versions. */
const UNUSED_MS = 30 * 24 * 60 * 60 * 1000;

/** What folders of versions are called: nothing else in the cache is removed. */
const VERSION = /^[\da-f]{40}$/;

/**
 * Where a version keeps what it made, in the folder that is the cache of all of them. Versions that nobody used for a month are
 * removed: what they kept is of no use to any other.
 * @param version names all that what is kept depends on beside files and definitions
 * @returns the folder; it may be missing where it cannot be made
 */
export function versionFolder(cache: string, version: string): string {
  const folder = join(cache, createHash('sha256').update(`${version}\n${process.version}`).digest('hex').slice(0, 40));
  try {
    mkdirSync(folder, { recursive: true });
    const now = new Date();
    utimesSync(folder, now, now);
    for (const name of readdirSync(cache).filter((each) => VERSION.test(each))) {
      const path = join(cache, name);
      if (now.getTime() - statSync(path).mtimeMs > UNUSED_MS) rmSync(path, { recursive: true, force: true });
    }
  } catch {
    // A cache that cannot be written, or that another run tidies at this moment: the check does without.
  }
  return folder;
}

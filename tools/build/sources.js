import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root: this file is tools/build/sources.js. */
export const root = fileURLToPath(new URL('../..', import.meta.url));
/** Where a build leaves the checksum of the sources it was made from. */
export const stampFile = join(root, 'node_modules', '.millrace-build');

/** @returns {string[]} the packages that are compiled, libraries first */
export function packages() {
  return ['libs', 'tools']
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name)))
    .filter((folder) => existsSync(join(folder, 'tsconfig.lib.json')));
}

/** @returns {string} a checksum of every source file that goes into dist/, names included */
export function sourcesChecksum() {
  const hash = createHash('sha256');
  for (const folder of packages()) {
    const source = join(folder, 'src');
    if (!existsSync(source)) continue;
    const files = readdirSync(source, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(?:spec|fixture)\.ts$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const file of files) hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

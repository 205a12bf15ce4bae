import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import type { DefinitionSource } from './definition-source.js';

const sets = new URL('../assets/schemas/', import.meta.url);
const ending = '.txt.br';

/**
 * Reads a set of definitions: a file compressed with brotli, with a line `<group>/<Kind>\t<definition as JSON>` for each. It is read and
 * unpacked when something is first looked up.
 * @param file a path, or a file URL
 */
export function readSchemaSet(file: string | URL): DefinitionSource {
  let text: string | undefined;
  return {
    find(group, kind) {
      text ??= `\n${brotliDecompressSync(readFileSync(file)).toString('utf8')}`;
      const head = `\n${group}/${kind}\t`;
      const start = text.indexOf(head);
      if (start < 0) return undefined;
      const end = text.indexOf('\n', start + head.length);
      return text.slice(start + head.length, end < 0 ? undefined : end);
    },
  };
}

/** The names of the sets that come with this package, a platform each, oldest first. */
export function schemaSetNames(): readonly string[] {
  return readdirSync(sets)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();
}

/**
 * The definitions that a platform's operators bring. They are proven: a test has the server accept each.
 * @param platform one of `schemaSetNames()`
 * @throws {Error} if there is no such set
 */
export function schemaSet(platform: string): DefinitionSource {
  return { ...readSchemaSet(fileOf(platform)), proves: () => true };
}

/**
 * A text that changes when a platform's definitions do, without unpacking them.
 * @param platform one of `schemaSetNames()`
 * @throws {Error} if there is no such set
 */
export function schemaSetDigest(platform: string): string {
  return createHash('sha256')
    .update(readFileSync(fileOf(platform)))
    .digest('hex');
}

function fileOf(platform: string): URL {
  const names = schemaSetNames();
  if (!names.includes(platform)) throw new Error(`there are no schemas for platform ${platform}, only for ${names.join(', ')}`);
  return new URL(`${platform}${ending}`, sets);
}

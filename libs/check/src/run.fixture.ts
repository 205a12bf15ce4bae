import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { CheckOptions } from './check-options.js';
import { check } from './check.js';
import type { CheckReport } from './report.js';

/** The root of Millrace's own repository, with a slash at its end. */
export const source = fileURLToPath(new URL('../../..', import.meta.url));

/** What Millrace's own repository declares, generates and froze: the complete example. */
export function ownRepository(): ReadonlyMap<string, string> {
  const folders = ['environments', 'apps/order-processor/next', 'apps/order-processor/releases'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(source, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(source, join(entry.parentPath, entry.name))),
  );
  return new Map(
    ['millrace.yaml', 'apps/.gitattributes', 'apps/order-processor/pipeline.yaml', ...files].map((path) => [path, readFileSync(join(source, path), 'utf8')]),
  );
}

type SomeFiles = ReadonlyMap<string, string> | Readonly<Record<string, string>>;

function entriesOf(files: SomeFiles): Iterable<readonly [path: string, text: string]> {
  return isMap(files) ? files : Object.entries(files);
}

function isMap(files: SomeFiles): files is ReadonlyMap<string, string> {
  return files instanceof Map;
}

/** A folder with some files, for as long as a test runs. */
export async function inFolder<T>(files: SomeFiles, run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-check-'));
  // A repository of its own: what lies above the temporary folder is not this test's.
  mkdirSync(join(folder, '.git'));
  try {
    for (const [path, text] of entriesOf(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text.replace(/^\n/, ''));
    }
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Checks some files; by default all of them. */
export async function checkFiles(files: SomeFiles, options: Partial<CheckOptions> = {}): Promise<CheckReport> {
  return await inFolder(files, (folder) => check({ folder, paths: ['.'], ...options }));
}

/** What was found, a line each: rule, place. */
export function said({ findings }: CheckReport): readonly string[] {
  return findings.map(({ rule, file, line, column }) => `${rule} ${file}:${line}:${column}`);
}

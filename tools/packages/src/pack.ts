import { join } from 'node:path';

import { execa } from 'execa';
import * as z from 'zod';

import type { Package } from './publishable.js';

const packedSchema = z.array(
  z.object({ name: z.string(), filename: z.string(), size: z.number(), unpackedSize: z.number(), files: z.array(z.object({ path: z.string() })) }),
);

/** What npm makes of a package. */
export interface Packed {
  readonly name: string;
  /** The archive; nothing is there where the packing was only tried. */
  readonly tarball: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly string[];
}

/**
 * Packs packages as `npm publish` would, into a folder; without one, npm only says what it would pack. No scripts run:
 * what is packed is the build that is there.
 */
export async function pack(root: string, packages: readonly Package[], folder: string | undefined): Promise<readonly Packed[]> {
  const where = folder === undefined ? ['--dry-run'] : ['--pack-destination', folder];
  const { stdout } = await execa(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--loglevel=error', ...where, ...packages.flatMap((each) => ['--workspace', each.folder])],
    { cwd: root },
  );
  return packedSchema.parse(JSON.parse(stdout)).map(({ name, filename, size, unpackedSize, files }) => ({
    name,
    tarball: join(folder ?? '', filename),
    size,
    unpackedSize,
    files: files.map(({ path }) => path).sort(),
  }));
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as z from 'zod';

const manifestSchema = z.looseObject({
  name: z.string(),
  version: z.string(),
  private: z.boolean().default(false),
  bin: z.record(z.string(), z.string()).default({}),
  exports: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])).default({}),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

/** A package of this repository: its folder, from the root, and its package.json. */
export interface Package {
  readonly folder: string;
  readonly manifest: z.output<typeof manifestSchema>;
}

/** Every package in libs/ and tools/, in the order of their folders. */
export function packagesOf(root: string): readonly Package[] {
  return ['libs', 'tools']
    .flatMap((parent) =>
      readdirSync(join(root, parent))
        .sort()
        .map((name) => `${parent}/${name}`),
    )
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => ({ folder, manifest: readManifest(join(root, folder, 'package.json')) }));
}

/** The packages that users get: all that are not private. */
export function publishable(root: string): readonly Package[] {
  return packagesOf(root).filter(({ manifest }) => !manifest.private);
}

/** A package.json. Throws where it is none. */
export function readManifest(file: string): Package['manifest'] {
  return manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

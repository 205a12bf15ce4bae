import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { root, sourcesChecksum, stampFile } from './sources.js';

/** @param {string[]} args */
const tsc = (...args) => execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...args], { cwd: root, stdio: 'inherit' });

// The stamp goes first: a build that fails leaves none, and nothing runs on half of it.
rmSync(stampFile, { force: true });
const checksum = sourcesChecksum();
try {
  tsc('-b', 'tsconfig.json');
} catch {
  // tsc has said what is wrong.
  process.exit(1);
}
const { writeGenerators } = await import(pathToFileURL(join(root, 'tools/nx/dist/write-generators.js')).href);
writeGenerators(join(root, 'tools/nx/dist'));
writeFileSync(stampFile, checksum);

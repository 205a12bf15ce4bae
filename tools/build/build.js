import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

import { packages, root, sourcesChecksum, stampFile } from './sources.js';

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
removeOrphans();
const { writeGenerators } = await import(pathToFileURL(join(root, 'tools/nx/dist/write-generators.js')).href);
writeGenerators(join(root, 'tools/nx/dist'));
writeFileSync(stampFile, checksum);

/** tsc leaves what it made of a source that is gone: such a file would still be found, and published. */
function removeOrphans() {
  for (const folder of packages()) {
    const dist = join(folder, 'dist');
    for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
      const made = relative(dist, join(entry.parentPath, entry.name));
      const source = /^(?!\.spec\/)(.+?)(?:\.d\.ts|\.js)(?:\.map)?$/.exec(made.split(sep).join('/'))?.[1];
      if (entry.isFile() && source !== undefined && !existsSync(join(folder, 'src', `${source}.ts`))) rmSync(join(dist, made));
    }
  }
}

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';

import { contentProblems } from './contents.js';
import { publintProblems, typesProblems } from './lint-tarball.js';
import { pack } from './pack.js';
import { publishable } from './publishable.js';

/**
 * Packs every package that is published and looks at the archive: its list of files, publint, Are The Types Wrong.
 * Gives the exit code: 1 where anything is said.
 */
export async function checkPackages(root: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-packages-'));
  try {
    const packages = publishable(root);
    let count = 0;
    for (const packed of await pack(root, packages, folder)) {
      const own = packages.find(({ manifest }) => manifest.name === packed.name);
      if (own === undefined) throw new Error(`npm packed ${packed.name}, which is no package of ours`);
      const problems = [
        ...contentProblems(own, packed.files, (path) => existsSync(join(root, own.folder, path))),
        ...(await publintProblems(packed.tarball)),
        ...(await typesProblems(packed.tarball)),
      ];
      const size = `${packed.files.length} files, ${kilobytes(packed.size)} kB packed, ${kilobytes(packed.unpackedSize)} kB unpacked`;
      process.stdout.write(`${problems.length === 0 ? styleText('green', '✓') : styleText('red', '✗')} ${packed.name}  ${styleText('dim', size)}\n`);
      for (const problem of problems) process.stdout.write(`    ${problem}\n`);
      count += problems.length;
    }
    if (count > 0) process.stdout.write(`${count} ${count === 1 ? 'problem' : 'problems'}\n`);
    return count === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function kilobytes(bytes: number): string {
  return Math.ceil(bytes / 1000).toLocaleString('en');
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { execa } from 'execa';
import { expect, it } from 'vitest';

import { jobProject } from './job-project.js';
import { PROJECT } from './job-project.fixture.js';

/** Why Maven's part cannot run here; undefined where it can. */
async function missingTools(): Promise<string | undefined> {
  const java = await execa('java', ['-version'], { reject: false, all: true });
  if (java.failed) return 'java is not installed';
  const version = /version "(?:1\.)?(\d+)/.exec(java.all)?.[1] ?? '0';
  if (Number(version) < 17) return `java is ${version}, the job needs 17`;
  const maven = await execa('mvn', ['--version'], { reject: false });
  return maven.failed ? 'mvn is not installed' : undefined;
}
const missing = await missingTools();
if (missing !== undefined) console.warn(`The Maven part is left out: ${missing}.`);

it.skipIf(missing !== undefined)(
  'the Maven project of a job compiles, and its tests pass on a MiniCluster',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'millrace-job-'));
    try {
      for (const [path, text] of jobProject(PROJECT)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const { exitCode, all } = await execa('mvn', ['--batch-mode', '--quiet', 'verify'], { cwd: folder, reject: false, all: true });
      expect(exitCode, all).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  280_000,
);

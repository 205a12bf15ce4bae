import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { EXAMPLE, repository } from '@millrace/workspace/testing';
import { expect, it } from 'vitest';

const PROGRAMS = {
  millrace: fileURLToPath(new URL('../bin/millrace.js', import.meta.url)),
  'create-millrace': fileURLToPath(new URL('../../create/bin/create-millrace.js', import.meta.url)),
};

it.each<readonly [program: keyof typeof PROGRAMS, argv: readonly string[]]>([
  ['millrace', ['sync', '--check']],
  ['millrace', ['render']],
  ['create-millrace', ['my-platform', '--yes', '--dry-run']],
])('who reads may stop reading, as head does: %s %j', async (program, argv) => {
  const root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  try {
    for (const [path, content] of repository(EXAMPLE)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    const child = spawn(process.execPath, [PROGRAMS[program], ...argv], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect(said).not.toMatch(/EPIPE|^\s+at /m);
    expect(code).toBe(0);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

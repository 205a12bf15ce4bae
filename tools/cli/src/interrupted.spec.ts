import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

import { checksum } from '@millrace/model';
import { EXAMPLE, repository, type Repository } from '@millrace/workspace/testing';
import { describe, expect, it, vi } from 'vitest';

import { main } from './main.js';

const example = repository(EXAMPLE);
const KAFKA = 'environments/dev/kafka/kafka.yaml';
const CHANGED = `${example.get(KAFKA) ?? ''}# half\n`;

/** The example as a run left it that was killed between its two steps: one file is changed, the other is not. */
function interruptedExample() {
  const root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  const gone = spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).stdout.trim();
  const steps = [
    { path: KAFKA, after: checksum(CHANGED), existed: true },
    { path: 'millrace.yaml', after: checksum('not yet'), existed: true },
  ];
  const journal = `.millrace/writing/${gone}-x`;
  const files = new Map([
    ...example,
    [KAFKA, CHANGED],
    [`${journal}/0.old`, example.get(KAFKA) ?? ''],
    [`${journal}/1.new`, 'not yet'],
    [`${journal}/steps.json`, JSON.stringify(steps)],
  ]);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { root, files: sorted(files), [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

function contentOf(root: string): Repository {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return sorted(
    new Map(files.map((entry) => relative(root, join(entry.parentPath, entry.name))).map((path) => [path, readFileSync(join(root, path), 'utf8')])),
  );
}
const sorted = (files: Repository): Repository => new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));

async function millrace(root: string, ...argv: readonly string[]): Promise<{ readonly code: number; readonly err: string }> {
  const err: string[] = [];
  const spies = [
    vi.spyOn(process.stdout, 'write').mockReturnValue(true),
    vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => err.push(String(chunk)) > 0),
  ];
  try {
    return { code: await main(['-C', root, ...argv]), err: err.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

describe('what a killed run left', () => {
  it.each([['sync'], ['team', 'orders', '--namespace', 'flink']])('is undone by the next command that writes, which says so: %s', async (...argv) => {
    using folder = interruptedExample();
    const { code, err } = await millrace(folder.root, ...argv);
    expect({ code, err }).toEqual({ code: 0, err: 'An earlier run was interrupted while it wrote; what it had written was undone.\n' });
    expect(contentOf(folder.root)).toEqual(sorted(example));
  });

  it.each([
    ['sync', '--check'],
    ['sync', '--dry-run'],
    ['team', 'orders', '--namespace', 'flink', '--dry-run'],
    ['promote', 'order-processor', '--to', 'staging', '--dry-run'],
    ['schemas', 'add', 'nowhere.yaml', '--dry-run'],
    ['render', 'dev'],
    ['diff', '--base', 'HEAD'],
    ['check', 'environments/dev/kafka'],
  ])('is refused by what only reads, and stays as it is: %s %s', async (...argv) => {
    using folder = interruptedExample();
    const { code, err } = await millrace(folder.root, ...argv);
    expect(code).toBe(1);
    expect(err).toBe(
      'error an earlier run was interrupted while it wrote, so these files are half written\n      Undo what it wrote, and make again what follows: npx millrace sync\n',
    );
    expect(contentOf(folder.root)).toEqual(folder.files);
  });
});

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { alike } from './alike.js';
import { partsOf } from './console.js';
import { runPage, StalePage } from './run-page.js';
import { scratch, type Scratch } from './scratch.js';

const block = (...lines: readonly string[]) => ['```console', ...lines, '```'].join('\n');
const page = (...parts: readonly string[]) => `# A page\n\n${parts.join('\n\n')}\n\nThe end.\n`;

let own: Scratch;
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-how-to-'));
  writeFileSync(join(folder, 'number.txt'), 'one: 1\ntwo: 2\n');
  own = scratch(folder, '/nowhere');
});
afterEach(() => own[Symbol.dispose]());

describe('a page that is run', () => {
  it('stays as it is where its commands print what it says', async () => {
    const text = page(
      'Some *prose*.',
      block('$ cat number.txt', 'one: 1', 'two: 2', '$ true', '$ echo done', 'done'),
      '- a list\n- of two',
      '```yaml\na: 1\n```',
    );
    expect(await runPage('it.md', text, own)).toBe(text);
  });

  it('gets the output that is printed now, and nothing else changes', async () => {
    const stale = page('Prose.', block('$ cat number.txt', 'one: 0', '$ echo done'));
    expect(await runPage('it.md', stale, own)).toBe(page('Prose.', block('$ cat number.txt', 'one: 1', 'two: 2', '$ echo done', 'done')));
  });

  it('runs its commands one after the other in one folder, continued lines as one', async () => {
    const text = page(block('$ echo three: 3 \\', '    >> number.txt'), block('$ tail -1 number.txt', 'three: 3'));
    expect(await runPage('it.md', text, own)).toBe(text);
  });

  it('shows both streams as a terminal does, without progress and the folder it ran in', async () => {
    const text = page(block('$ echo out; echo err >&2; echo "Building overlays 3/21" >&2; pwd', 'out', 'err', '/home/ada/streaming'));
    expect(await runPage('it.md', text, own)).toBe(text);
  });

  it('makes the edits that it shows', async () => {
    const edit = '```diff\n--- a/number.txt\n+++ b/number.txt\n@@ -1 +1 @@\n-one: 1\n+one: 11\n```';
    const text = page(edit, block('$ head -1 number.txt', 'one: 11'));
    expect(await runPage('it.md', text, own)).toBe(text);
  });

  it('is stale where an edit does not apply', async () => {
    const edit = '```diff\n--- a/number.txt\n+++ b/number.txt\n@@ -1 +1 @@\n-one: 5\n+one: 11\n```';
    await expect(runPage('it.md', page(edit), own)).rejects.toThrow(StalePage);
  });

  it('is stale where a command fails that should not', async () => {
    await expect(runPage('it.md', page(block('$ cat nothing.txt')), own)).rejects.toThrow('it.md: this command ends with 1, not 0:\n$ cat nothing.txt');
  });

  it('may show a failure, if it says so, and is stale where the command does not fail', async () => {
    const text = (command: string) => page(['```console exit=3', '$ echo before', 'before', `$ ${command}`, '```'].join('\n'));
    expect(await runPage('it.md', text('exit 3'), own)).toBe(text('exit 3'));
    await expect(runPage('it.md', text('exit 0'), own)).rejects.toThrow('ends with 0, not 3');
  });
});

describe('a page that cannot be run', () => {
  it('has a block that begins with output', () => {
    expect(() => partsOf(page(block('output')))).toThrow('a block of commands begins with output: output');
  });

  it('has a block inside of a list, where it would be passed over', () => {
    expect(() => partsOf('- a list\n\n  ```console\n  $ true\n  ```\n')).toThrow('stands inside of something else');
  });

  it('has a block that says something unknown', () => {
    expect(() => partsOf('```console fails\n$ true\n```\n')).toThrow('it can say console, or console exit=1');
  });
});

it('hashes of commits may differ, short and long; digests, numbers and words may not', () => {
  expect(alike('commit 531bdde of 0a1b2c3d4e5f60718293a4b5c6d7e8f901234567', 'commit f0b4187 of ffffffffffffffffffffffffffffffffffffffff')).toBe(true);
  expect(alike('retention.ms: 604800000', 'retention.ms: 604800001')).toBe(false);
  expect(alike(`sha256:${'a1'.repeat(32)}`, `sha256:${'b1'.repeat(32)}`)).toBe(false);
  expect(alike('3 created', '4 created')).toBe(false);
});

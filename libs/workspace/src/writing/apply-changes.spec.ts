import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, linkSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { checksum } from '@millrace/model';
import { describe, expect, it } from 'vitest';

import { NO_CHANGES, type Changes } from '../changes.js';
import { contentOf, folderWith, refusalOf, withFiles } from '../repository.fixture.js';
import type { Repository } from '../testing.js';
import { applyChanges } from './apply-changes.js';
import { recover, refuseHalfWritten } from './recover.js';

/** A text like this. */
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

const before: Repository = new Map([
  ['a/deep/gone.yaml', 'gone\n'],
  ['a/kept.yaml', 'kept\n'],
  ['b/changed.yaml', 'old\n'],
  ['same.yaml', 'same\n'],
]);

const changes: Changes = {
  create: [{ path: 'c/new/file.yaml', text: 'new\n', before: undefined }],
  update: [{ path: 'b/changed.yaml', text: 'changed\n', before: 'old\n' }],
  delete: [{ path: 'a/deep/gone.yaml', before: 'gone\n' }],
  refused: [],
};

const after: Repository = new Map([
  ['a/kept.yaml', 'kept\n'],
  ['b/changed.yaml', 'changed\n'],
  ['c/new/file.yaml', 'new\n'],
  ['same.yaml', 'same\n'],
]);

describe('changes', () => {
  it('are written, all of them, and nothing is left beside them', () => {
    using folder = folderWith(before);
    applyChanges(folder.root, changes);
    expect(contentOf(folder.root)).toEqual(after);
  });

  it('that are none touch nothing', () => {
    using folder = folderWith(before);
    applyChanges(folder.root, NO_CHANGES);
    expect(contentOf(folder.root)).toEqual(before);
  });

  it('with something refused among them are not written at all', () => {
    using folder = folderWith(before);
    const problem = { file: 'same.yaml', message: 'this generated file was edited by hand', remedy: 'Drop it.' };
    const error = refusalOf(() => applyChanges(folder.root, { ...changes, refused: [problem] }));
    expect(error).toMatchObject({ kind: 'refused', problems: [problem] });
    expect(contentOf(folder.root)).toEqual(before);
  });

  it.each([
    ['a folder stands where a file should go', { 'blocked/inside.txt': 'x' }],
    ['a file stands where a folder should go', { blocked: 'x' }],
  ])('are undone where %s', (_what, blocking) => {
    const path = 'blocked' in blocking ? 'blocked/file.yaml' : 'blocked';
    const there = withFiles(before, blocking);
    using folder = folderWith(there);
    const error = refusalOf(() => applyChanges(folder.root, { ...changes, update: [...changes.update, { path, text: 'x', before: undefined }] }));
    expect(error.exitCode).toBe(1);
    expect(error.problems).toEqual([
      {
        message: matching(/^nothing was written: /),
        remedy: 'Give yourself write permission there, or free the path, and run the command again.',
      },
    ]);
    expect(contentOf(folder.root)).toEqual(there);
  });

  it('are undone where a file to be deleted is gone already', () => {
    using folder = folderWith(before);
    const { delete: gone } = changes;
    expect(() => applyChanges(folder.root, { ...changes, delete: [...gone, { path: 'nowhere.yaml', before: '' }] })).toThrow('nowhere.yaml: ');
    expect(contentOf(folder.root)).toEqual(before);
  });

  it('to be created are not written over what appeared there meanwhile', () => {
    const there = withFiles(before, { 'c/new/file.yaml': "somebody's\n" });
    using folder = folderWith(there);
    expect(refusalOf(() => applyChanges(folder.root, changes)).problems).toMatchObject([
      { file: 'c/new/file.yaml', message: 'this file was changed while the command was at work' },
    ]);
    expect(contentOf(folder.root)).toEqual(there);
  });

  it('have no journal outside of the folder', () => {
    using outside = folderWith(new Map());
    using folder = folderWith(before);
    symlinkSync(outside.root, join(folder.root, '.millrace'));
    expect(refusalOf(() => applyChanges(folder.root, changes)).problems).toMatchObject([{ message: matching(/^this path leaves the repository/) }]);
    expect(contentOf(outside.root)).toEqual(new Map());
  });

  it.each(['../outside.yaml', '/tmp/outside.yaml', 'a/../../outside.yaml', 'link/outside.yaml', 'a\\b'])(
    'that would leave the folder are refused: %s',
    (path) => {
      using outside = folderWith(new Map());
      using folder = folderWith(before);
      symlinkSync(outside.root, join(folder.root, 'link'));
      const error = refusalOf(() => applyChanges(folder.root, { ...changes, create: [...changes.create, { path, text: 'x', before: undefined }] }));
      expect(error.problems).toMatchObject([{ file: path.startsWith('link') ? 'link' : path, message: matching(/^this path leaves the repository: /) }]);
      expect(contentOf(outside.root)).toEqual(new Map());
      expect(withFiles(contentOf(folder.root), { 'link/': undefined })).toEqual(before);
    },
  );
});

/** How to run a script as another process, with what writes changes at hand. */
function process(script: string): readonly [string, readonly string[]] {
  const library = new URL('../../dist/writing/apply-changes.js', import.meta.url).href;
  return [globalThis.process.execPath, ['--input-type=module', '-e', `import { applyChanges } from ${JSON.stringify(library)};\n${script}`]];
}

describe('a run that was killed while it wrote', () => {
  /** Writes the changes in a process that is killed at the given call of the given function of node:fs. */
  function killedAt(root: string, name: string, call: number): void {
    const [node, args] = process(`
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const real = fs.${name};
      let calls = 0;
      fs.${name} = (...args) => {
        calls += 1;
        if (calls === ${call}) process.kill(process.pid, 'SIGKILL');
        return real(...args);
      };
      syncBuiltinESMExports();
      applyChanges(${JSON.stringify(root)}, ${JSON.stringify(changes)});`);
    expect(spawnSync(node, args, { encoding: 'utf8' })).toMatchObject({ signal: 'SIGKILL', stderr: '' });
  }

  it.each([
    ['while it put the new texts beside the journal', 'writeFileSync', 2],
    ['while it kept the old ones', 'linkSync', 1],
    ['before the first change', 'renameSync', 2],
    ['between two changes', 'renameSync', 3],
    ['before the last change', 'renameSync', 4],
  ])('is undone by the next run: %s', (_what, name, call) => {
    using folder = folderWith(before);
    killedAt(folder.root, name, call);
    expect(contentOf(folder.root)).not.toEqual(before);
    recover(folder.root);
    expect(contentOf(folder.root)).toEqual(before);
    expect(recover(folder.root)).toBe(0);
    applyChanges(folder.root, changes);
    expect(contentOf(folder.root)).toEqual(after);
  });

  it.each([
    ['before it was done', 1, after],
    ['while it tidied up', 2, withFiles(after, { 'a/deep/': '' })],
  ])('when all was written is only tidied up after: %s', (_what, call, there) => {
    using folder = folderWith(before);
    killedAt(folder.root, 'rmSync', call);
    expect(recover(folder.root)).toBe(0);
    expect(contentOf(folder.root)).toEqual(there);
  });

  /** The journal of a process that is no more, as it stands after `done` of the steps. */
  function interrupted(root: string, done: number, options: { readonly list?: boolean; readonly pid?: number } = {}): void {
    const pid = options.pid ?? pidOfNobody();
    const journal = join(root, '.millrace/writing', `${pid}-test`);
    const steps = [
      { path: 'c/new/file.yaml', after: checksum('new\n'), existed: false },
      { path: 'b/changed.yaml', after: checksum('changed\n'), existed: true },
      { path: 'a/deep/gone.yaml', after: null, existed: true },
    ];
    mkdirSync(journal, { recursive: true });
    writeFileSync(join(journal, '0.new'), 'new\n');
    writeFileSync(join(journal, '1.new'), 'changed\n');
    linkSync(join(root, 'b/changed.yaml'), join(journal, '1.old'));
    if (options.list !== false) writeFileSync(join(journal, 'steps.json'), JSON.stringify(steps));
    if (done > 0) {
      mkdirSync(join(root, 'c/new'), { recursive: true });
      renameSync(join(journal, '0.new'), join(root, 'c/new/file.yaml'));
    }
    if (done > 1) renameSync(join(journal, '1.new'), join(root, 'b/changed.yaml'));
    if (done > 2) renameSync(join(root, 'a/deep/gone.yaml'), join(journal, '2.old'));
  }

  /** A process id that was somebody's and is nobody's any more. */
  function pidOfNobody(): number {
    return Number(execFileSync(globalThis.process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
  }
  const nobody = pidOfNobody();

  it('before it had begun is cleared away, and not called undone', () => {
    using folder = folderWith(before);
    interrupted(folder.root, 0, { list: false, pid: nobody });
    expect(recover(folder.root)).toBe(0);
    expect(contentOf(folder.root)).toEqual(before);
  });

  it('keeps what somebody changed since', () => {
    using folder = folderWith(before);
    interrupted(folder.root, 2, { pid: nobody });
    writeFileSync(join(folder.root, 'b/changed.yaml'), 'by hand\n');
    writeFileSync(join(folder.root, 'c/new/more.yaml'), 'by hand\n');
    expect(recover(folder.root)).toBe(1);
    expect(contentOf(folder.root)).toEqual(withFiles(before, { 'b/changed.yaml': 'by hand\n', 'c/new/more.yaml': 'by hand\n' }));
  });

  it('when all was written keeps what it wrote, whatever somebody did since', () => {
    using folder = folderWith(before);
    interrupted(folder.root, 3, { pid: nobody });
    expect(() => refuseHalfWritten(folder.root)).not.toThrow();
    writeFileSync(join(folder.root, 'b/changed.yaml'), 'by hand\n');
    expect(recover(folder.root)).toBe(0);
    expect(contentOf(folder.root)).toEqual(withFiles(after, { 'b/changed.yaml': 'by hand\n' }));
  });

  it('is left as it is where another run has written the rest since', () => {
    using folder = folderWith(before);
    interrupted(folder.root, 1, { pid: nobody });
    applyChanges(folder.root, { ...changes, create: [] });
    expect(recover(folder.root)).toBe(0);
    expect(contentOf(folder.root)).toEqual(after);
  });

  it('is refused by whoever only reads, and nothing is touched', () => {
    using folder = folderWith(before);
    interrupted(folder.root, 2, { pid: nobody });
    const halfway = contentOf(folder.root);
    expect(refusalOf(() => refuseHalfWritten(folder.root))).toMatchObject({
      exitCode: 1,
      problems: [{ message: 'an earlier run was interrupted while it wrote, so these files are half written', remedy: matching(/millrace sync$/) }],
    });
    expect(contentOf(folder.root)).toEqual(halfway);
  });

  it('is left alone while it still runs: the next one waits its turn', async () => {
    using folder = folderWith(before);
    const child = spawn(globalThis.process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
    try {
      await once(child, 'spawn');
      interrupted(folder.root, 2, { pid: child.pid ?? 0 });
      const halfway = contentOf(folder.root);
      const error = refusalOf(() => recover(folder.root));
      expect(error).toMatchObject({
        exitCode: 1,
        problems: [{ message: `another millrace (process ${child.pid ?? 0}) is writing here`, remedy: matching(/^Wait for it to end/) }],
      });
      expect(contentOf(folder.root)).toEqual(halfway);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    recover(folder.root);
    expect(contentOf(folder.root)).toEqual(before);
  });

  it('does not stop a run that was given its process id: in a container every run has the same', () => {
    using folder = folderWith(before);
    interrupted(folder.root, 2, { pid: globalThis.process.pid });
    expect(recover(folder.root)).toBe(1);
    expect(contentOf(folder.root)).toEqual(before);
  });
});

describe('a folder in which one may not write', () => {
  // Root may write everywhere, so there the writer is nobody.
  const as = globalThis.process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

  it.each([
    ['the repository itself', '.'],
    ['one folder of it', 'b'],
  ])('stays as it is: %s', (_what, closed) => {
    const home = mkdtempSync(join(tmpdir(), 'millrace-test-'));
    try {
      chmodSync(home, 0o755);
      const root = join(home, 'repository');
      mkdirSync(root);
      for (const [path, text] of before) {
        mkdirSync(join(root, path, '..'), { recursive: true });
        writeFileSync(join(root, path), text);
      }
      const folders = ['.', ...readdirSync(root, { recursive: true, encoding: 'utf8' })];
      for (const path of folders) if (as.uid !== undefined) chownSync(join(root, path), as.uid, as.gid);
      chmodSync(join(root, closed), 0o555);
      const [node, args] = process(`
        try { applyChanges(${JSON.stringify(root)}, ${JSON.stringify(changes)}); } catch (error) { console.log(error.exitCode + ' ' + error.message); }`);
      const said = execFileSync(node, args, { ...as, encoding: 'utf8' });
      chmodSync(join(root, closed), 0o755);
      expect(said).toMatch(/^1 nothing was written: EACCES/);
      expect(contentOf(root)).toEqual(before);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});

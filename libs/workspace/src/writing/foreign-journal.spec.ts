import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { checksum } from '@millrace/model';
import { describe, expect, it } from 'vitest';

import { committed } from '../git.fixture.js';
import { contentOf, folderWith, refusalOf, withFiles, writeAll } from '../repository.fixture.js';
import type { Repository } from '../testing.js';
import { recover, refuseHalfWritten } from './recover.js';

/** A text like this. */
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

const before: Repository = new Map([
  ['a.yaml', 'a\n'],
  ['b.yaml', 'b\n'],
]);
// Above every number that a system gives.
const JOURNAL = '.millrace/writing/99999999-x';

/** A journal that would put its own text at a path where `there` stands, and has one more step to go. */
function journalFor(path: string, there: string): Repository {
  const steps = [
    { path, after: checksum(there), existed: true },
    { path: 'b.yaml', after: checksum('not yet\n'), existed: true },
  ];
  return new Map([
    [`${JOURNAL}/0.old`, 'planted\n'],
    [`${JOURNAL}/1.new`, 'not yet\n'],
    [`${JOURNAL}/steps.json`, JSON.stringify(steps)],
  ]);
}

describe('a journal that no run of Millrace left here', () => {
  it.each(['../victim.yaml', 'link/victim.yaml', '/victim.yaml', 'a/../../victim.yaml'])('writes nothing outside of the repository: %s', (path) => {
    using outside = folderWith(new Map([['victim.yaml', 'precious\n']]));
    const root = join(outside.root, 'repository');
    mkdirSync(root);
    writeAll(root, before);
    symlinkSync(outside.root, join(root, 'link'));
    writeAll(root, journalFor(path, 'precious\n'));
    const there = contentOf(outside.root);
    for (const run of [recover, refuseHalfWritten]) {
      const error = refusalOf(() => run(root));
      expect(error).toMatchObject({ exitCode: 1, problems: [{ file: `${JOURNAL}/steps.json`, message: matching(/outside of the repository/) }] });
    }
    expect(contentOf(outside.root)).toEqual(there);
  });

  it('writes none of its steps where one of them is refused', () => {
    using folder = folderWith(before);
    writeAll(folder.root, journalFor('a.yaml', 'a\n'));
    const steps = [
      { path: 'a.yaml', after: checksum('a\n'), existed: true },
      { path: '../x', after: checksum('x'), existed: false },
    ];
    writeFileSync(join(folder.root, JOURNAL, 'steps.json'), JSON.stringify(steps));
    const there = contentOf(folder.root);
    refusalOf(() => recover(folder.root));
    expect(contentOf(folder.root)).toEqual(there);
  });

  it("touches nothing of git's own", () => {
    using folder = folderWith(before);
    writeAll(folder.root, withFiles(journalFor('.git/hooks/pre-commit', 'x'), { '.git/hooks/pre-commit': 'x' }));
    expect(refusalOf(() => recover(folder.root)).problems).toMatchObject([{ message: matching(/git's own/) }]);
  });

  it('is refused where git has it: it came with the repository', () => {
    using folder = folderWith(before);
    writeAll(folder.root, journalFor('a.yaml', 'a\n'));
    committed(folder.root);
    const there = contentOf(folder.root);
    expect(refusalOf(() => recover(folder.root)).problems).toMatchObject([{ file: '.millrace/writing', remedy: matching(/git rm -r \.millrace\/writing$/) }]);
    expect(contentOf(folder.root)).toEqual(there);
  });

  it('is refused where its folder is a link that leads elsewhere', () => {
    using outside = folderWith(journalFor('a.yaml', 'a\n'));
    using folder = folderWith(before);
    symlinkSync(join(outside.root, '.millrace'), join(folder.root, '.millrace'));
    expect(refusalOf(() => recover(folder.root)).problems).toMatchObject([{ message: matching(/^this path leaves the repository/) }]);
    expect(contentOf(outside.root)).toEqual(journalFor('a.yaml', 'a\n'));
  });

  it.each(['no JSON', '{}', '[{"path": 1}]', '[{"path": "a.yaml", "after": "x", "existed": true}]'])('is refused where it is none at all: %s', (text) => {
    using folder = folderWith(before);
    writeAll(folder.root, new Map([[`${JOURNAL}/steps.json`, text]]));
    expect(refusalOf(() => recover(folder.root)).problems).toMatchObject([
      { file: `${JOURNAL}/steps.json`, remedy: matching(/remove \.millrace\/writing\/99999999-x$/) },
    ]);
  });

  it('is no file that lies beside the journals', () => {
    using folder = folderWith(withFiles(before, { '.millrace/writing/.DS_Store': 'x', '.millrace/writing/notes/x': 'x' }));
    const there = contentOf(folder.root);
    expect(recover(folder.root)).toBe(0);
    expect(contentOf(folder.root)).toEqual(there);
  });
});

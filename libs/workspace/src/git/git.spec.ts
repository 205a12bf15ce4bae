import { join } from 'node:path';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { commitFiles } from '../files/commit.js';
import { filesUnder } from '../files/files.js';
import { committed } from '../git.fixture.js';
import { folderWith, refusalOf } from '../repository.fixture.js';
import { askGit, git } from './git.js';
import { unmergedFiles } from './unmerged-files.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('git', () => {
  it('that is not installed is told from a folder that is not there, and from one that is no repository', () => {
    using folder = folderWith(new Map());
    vi.stubEnv('GIT_CEILING_DIRECTORIES', join(folder.root, '..'));
    expect(refusalOf(() => git(folder.root, ['rev-parse', 'HEAD'])).problems).toMatchObject([
      { message: expect.stringContaining('not a git repository'), remedy: 'Run inside a git repository with at least one commit.' },
    ]);
    expect(refusalOf(() => git(join(folder.root, 'nowhere'), ['rev-parse', 'HEAD'])).problems).toMatchObject([{ message: 'there is no such folder' }]);
    vi.stubEnv('PATH', folder.root);
    expect(refusalOf(() => git(folder.root, ['rev-parse', 'HEAD']))).toMatchObject({ exitCode: 2, problems: [{ message: 'git is not installed' }] });
    expect(askGit(folder.root, ['rev-parse', 'HEAD'])).toBeUndefined();
  });

  it('looks at the repository around the folder, whatever repository a hook that runs it is told', () => {
    using folder = folderWith(new Map([['platform/millrace.yaml', 'layout: 1\n']]));
    using other = folderWith(new Map([['other.txt', 'other\n']]));
    const commit = committed(folder.root);
    committed(other.root);
    const root = join(folder.root, 'platform');
    for (const { root: hooked } of [folder, other]) {
      vi.stubEnv('GIT_DIR', join(hooked, '.git'));
      vi.stubEnv('GIT_INDEX_FILE', join(hooked, '.git/index'));
      vi.stubEnv('GIT_PREFIX', 'elsewhere/');
      expect(git(root, ['rev-parse', 'HEAD', '--show-prefix'])).toBe(`${commit}\nplatform/`);
      expect(git(root, ['ls-files'])).toBe('millrace.yaml');
      expect(commitFiles(root, 'HEAD').read('millrace.yaml')).toBe('layout: 1\n');
    }
  });

  it.each([
    ['is run', (root: string) => git(root, ['rev-parse', 'HEAD'])],
    ['is asked', (root: string) => askGit(root, ['rev-parse', 'HEAD'])],
    ['is asked for conflicts', unmergedFiles],
  ])('that does not trust a folder says how to let it, where it %s', (_how, run) => {
    using folder = folderWith(new Map([['millrace.yaml', 'layout: 1\n']]));
    committed(folder.root);
    vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
    vi.stubEnv('GIT_CONFIG_SYSTEM', '/dev/null');
    // Git's own tests have it so.
    vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1');
    expect(refusalOf(() => run(folder.root))).toMatchObject({
      exitCode: 2,
      problems: [{ remedy: `If you trust what is in it: git config --global --add safe.directory ${folder.root}` }],
    });
  });

  it('gives more than a pipe holds at once, file by file', () => {
    // More than the 32 MB that are asked for in one go, and more in one file.
    const texts = new Map([
      ['apps/a/next/large.yaml', `${'größe '.repeat(6_000_000)}\n`],
      ...[1, 2, 3].map((number): [string, string] => [`environments/dev/${number}.yaml`, `${number}`.repeat(15_000_000)]),
      ['environments/empty.yaml', ''],
      ['elsewhere/large.bin', 'x'.repeat(1000)],
    ]);
    using folder = folderWith(texts);
    const files = commitFiles(folder.root, committed(folder.root));
    for (const [path, text] of texts) expect(files.read(path) === text, path).toBe(true);
    expect([...filesUnder(files, 'environments')]).toHaveLength(4);
    expect(files.list('.').map(({ name }) => name)).toEqual(['apps', 'environments']);
  });
});

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { commitAll, committed, git } from '../git.fixture.js';
import { folderWith, writeAll } from '../repository.fixture.js';
import { bringBack } from './bring-back.js';
import { gitHistory } from './git-history.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

const record = (version: string, text = version) => new Map([[`apps/pay/releases/${version}/release.yaml`, `${text}\n`]]);

describe.each([
  ['the root', '.'],
  ['a folder', 'platform/streaming'],
])('the history of %s of a git repository', (_what, below) => {
  it('has every release that ever was, and brings one back as it was', () => {
    using folder = folderWith(new Map());
    const root = join(folder.root, below);
    writeAll(root, record('1.0.0'));
    committed(folder.root);
    writeAll(root, new Map([...record('1.1.0', 'first'), ['apps/pay-more/releases/9.0.0/release.yaml', ''], ['apps/pay/releases/notes/release.yaml', '']]));
    commitAll(folder.root);
    git(folder.root, 'revert', '--no-edit', 'HEAD');
    expect([...gitHistory(root).releasesOf('pay')].sort()).toEqual(['1.0.0', '1.1.0']);
    expect(gitHistory(root).releasesOf('nobody')).toEqual([]);

    execFileSync('sh', ['-c', bringBack('apps/pay/releases/1.1.0')], { cwd: root, stdio: 'pipe' });
    expect(git(folder.root, 'status', '--short').trim()).toBe(`A  ${below === '.' ? '' : `${below}/`}apps/pay/releases/1.1.0/release.yaml`);
  });

  it('has what the remote had of a branch last, and nothing of a branch that only is here', () => {
    using folder = folderWith(new Map());
    const root = join(folder.root, below);
    writeAll(root, record('1.0.0'));
    const first = committed(folder.root);
    expect(gitHistory(root).published('main')).toBeUndefined();
    git(folder.root, 'update-ref', 'refs/remotes/origin/main', first);
    writeAll(root, record('1.0.0', 'another'));
    commitAll(folder.root);
    expect(gitHistory(root).published('main')?.read('apps/pay/releases/1.0.0/release.yaml')).toBe('1.0.0\n');
    expect(gitHistory(root).published('--all')).toBeUndefined();
  });
});

it('nothing is known of a folder that is in no git repository', () => {
  using folder = folderWith(new Map());
  vi.stubEnv('GIT_CEILING_DIRECTORIES', join(folder.root, '..'));
  expect(gitHistory(folder.root).releasesOf('pay')).toEqual([]);
  expect(gitHistory(folder.root).published('main')).toBeUndefined();
});

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { check } from './check.js';
import { inFolder, said } from './run.fixture.js';

const URL = 'https://git.acme.example/streaming.git';

const files = {
  'argocd/orders.yaml': `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: orders, namespace: argocd}
spec:
  project: team-orders
  source: {repoURL: ${URL}, targetRevision: main, path: pipelines/order}
  destination: {server: https://kubernetes.default.svc, namespace: kafka}
`,
};

function git(folder: string, ...args: readonly string[]): void {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@acme.example', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'ignore' });
}

/** A clone of the repository that the Application names, with all files committed. */
async function inClone<T>(run: (folder: string) => Promise<T>): Promise<T> {
  return await inFolder(files, async (folder) => {
    git(folder, 'init', '--quiet', '-b', 'main');
    git(folder, 'remote', 'add', 'origin', URL);
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', '-m', 'orders');
    return await run(folder);
  });
}

const paths = async (folder: string): Promise<readonly string[]> =>
  said(await check({ folder, paths: ['.'] })).filter((line) => line.startsWith('argocd/source-path'));

describe('an Application of the repository that git was cloned from', () => {
  const expected = ['argocd/source-path argocd/orders.yaml:6:83'];

  it('is looked into in the clone', async () => {
    expect(await inClone(paths)).toEqual(expected);
  });

  it('is looked into in a worktree of the clone', async () => {
    const found = await inClone(async (folder) => {
      const worktree = join(folder, 'worktrees/review');
      git(folder, 'worktree', 'add', '--quiet', '--detach', worktree);
      return await paths(worktree);
    });
    expect(found).toEqual(expected);
  });

  it('is looked into where this machine gets to the repository by another address', async () => {
    const found = await inClone(async (folder) => {
      git(folder, 'config', 'url.git@git.acme.example:.insteadOf', 'https://git.acme.example/');
      return await paths(folder);
    });
    expect(found).toEqual(expected);
  });
});

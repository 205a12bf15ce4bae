import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { MillraceError } from '@millrace/model';
import { commitFiles, diskFiles, isEmpty, planCommand, planSync, unmergedFiles, applyChanges, type Outcome } from '@millrace/workspace';
import { after, EXAMPLE, repository, type Repository } from '@millrace/workspace/testing';
import { expect, it, onTestFinished, vi } from 'vitest';

import { promote } from './promote.js';

const PIPELINE = 'apps/order-processor/pipeline.yaml';
const RELEASE = 'apps/order-processor/releases/1.0.0';

const git = (root: string, ...args: readonly string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

function commit(root: string, files: Repository): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '-m', 'change');
}

/** Two branches, each with a topic of its own and a release 1.0.0 with it, of which the second is being merged into the first, up to the release. */
function mergeOfTwoCuts(): string {
  const root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  onTestFinished(() => void vi.unstubAllEnvs());
  for (const who of ['AUTHOR', 'COMMITTER']) {
    vi.stubEnv(`GIT_${who}_NAME`, 'Ada');
    vi.stubEnv(`GIT_${who}_EMAIL`, 'ada@acme.example');
  }
  git(root, 'init', '--quiet', '-b', 'main');
  const example = repository(EXAMPLE);
  commit(root, example);
  for (const name of ['refunds', 'returns']) {
    git(root, 'switch', '--quiet', '--create', name, 'main');
    const topic = after(example, 'topic', { name, pipeline: 'order-processor' });
    commit(root, after(topic, promote, { pipeline: 'order-processor', to: 'staging' }));
  }
  git(root, 'switch', '--quiet', 'refunds');
  expect(() => git(root, 'merge', '--quiet', 'returns')).toThrow();
  // What somebody does first: the declared file, with the topics of both.
  const both = ['refunds', 'returns'].reduce((files, name) => after(files, 'topic', { name, pipeline: 'order-processor' }), example);
  writeFileSync(join(root, PIPELINE), both.get(PIPELINE) ?? '');
  return root;
}

const sync = (root: string): Outcome => planSync(diskFiles(root), { unmerged: unmergedFiles(root), discard: new Set() });

function problemsOf(root: string): MillraceError['problems'] {
  try {
    sync(root);
  } catch (error) {
    if (error instanceof MillraceError) return error.problems;
    throw error;
  }
  return [];
}

it('a release that two branches cut is told once, and what is said to do leads out', () => {
  const root = mergeOfTwoCuts();
  const problems = problemsOf(root);
  expect(problems).toMatchObject([{ file: RELEASE, message: 'two branches cut release 1.0.0 of order-processor, each from something else' }]);
  const [remove = '', checkout = ''] = /: git (.+), then git (.+)\. Promote/.exec(problems[0]?.remedy ?? '')?.slice(1) ?? [];
  git(root, ...remove.split(' '));
  git(root, ...checkout.replace('<its branch>', 'returns').split(' '));

  applyChanges(root, sync(root).changes);
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '-m', 'merged');
  expect(isEmpty(sync(root).changes)).toBe(true);
  const { changes } = planCommand(commitFiles(root, 'HEAD'), promote, { pipeline: 'order-processor', to: 'staging' });
  expect(changes.create.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['refunds', 'returns'].map((name) => `apps/order-processor/releases/1.1.0/kafka/topic-${name}.yaml`)),
  );
});

it('a release whose markers were added to git is told the same', () => {
  const root = mergeOfTwoCuts();
  git(root, 'add', '--all');
  expect(problemsOf(root)).toMatchObject(
    ['pipeline.yaml', 'release.yaml'].map((name) => ({
      file: `${RELEASE}/${name}`,
      message: 'two branches cut release 1.0.0 of order-processor, each from something else',
      remedy: expect.stringContaining(`git rm -rfq ${RELEASE}`),
    })),
  );
});

it('what only the other cut has does not belong to the release that was kept: it is to be deleted', () => {
  const root = mergeOfTwoCuts();
  git(root, 'checkout', '--quiet', '--theirs', '--', RELEASE);
  git(root, 'add', '--all');
  expect(problemsOf(root)).toContainEqual({
    file: `${RELEASE}/kafka/topic-refunds.yaml`,
    message: 'this file was added to a frozen release',
    remedy: 'Releases never change: delete the file.',
  });
});

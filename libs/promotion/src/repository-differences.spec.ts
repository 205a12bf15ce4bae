import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { commitFiles } from '@millrace/workspace';
import { after, EXAMPLE, repository, type Repository, type Step } from '@millrace/workspace/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { COMMENT_MARK, differencesComment } from './comment.js';
import { mergeBase } from './merge-base.js';
import { promote } from './promote.js';
import { reachableTexts } from './reachable-texts.js';
import type { Difference } from './rendered-differences.js';
import { repositoryDifferences, type RepositoryDifferences, type Side } from './repository-differences.js';

const IDENTITY = { GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@acme.example', GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@acme.example' };
const example = repository(EXAMPLE);
let root = '';
let base = '';

const git = (...args: readonly string[]): string =>
  execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', ...IDENTITY },
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();

function write(files: Repository): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  git('init', '--quiet', '-b', 'main');
  write(example);
  git('add', '--all');
  git('commit', '--quiet', '-m', 'the example');
  base = git('rev-parse', 'HEAD');
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** The differences between the example and the example after some steps, in the work tree and as a commit: they are the same. */
async function differencesOf(...steps: readonly Step[]): Promise<RepositoryDifferences> {
  write(steps.reduce((files, [command, options]) => after(files, command, options), example));
  try {
    const before: Side = { kind: 'commit', root, commit: base };
    const inFolder = await repositoryDifferences(before, { kind: 'folder', root });
    git('add', '--all');
    git('commit', '--quiet', '-m', 'change');
    expect(await repositoryDifferences(before, { kind: 'commit', root, commit: git('rev-parse', 'HEAD') })).toEqual(inFolder);
    return inFolder;
  } finally {
    git('reset', '--quiet', '--hard', base);
    git('clean', '--quiet', '-fd');
  }
}
const lines = ({ differences }: RepositoryDifferences): readonly string[] => differences.map(({ kind, what, where }) => `${kind} ${what} in ${where}`);

describe('the differences between two states of a repository', () => {
  it('are none where nothing differs, or only what no cluster sees', async () => {
    write(new Map([['README.md', 'read me\n']]));
    expect(await differencesOf()).toEqual({ differences: [], failed: [], replaced: [] });
  });

  it('are those of the first environment where next changes, by name', async () => {
    const found = await differencesOf(['topic', { name: 'orders', pipeline: 'order-processor', config: ['retention.ms=86400000'] }]);
    expect(lines(found)).toEqual(['changed KafkaTopic.kafka.strimzi.io kafka/orders in environments/dev/pipelines/order-processor/kafka']);
    expect(found.differences[0]?.diff).toContain('-    retention.ms: "604800000"\n+    retention.ms: "86400000"');
  });

  it('are all that a promotion brings, and the files that Argo CD applies as they are without their checksums', async () => {
    const found = await differencesOf([promote, { pipeline: 'order-processor', to: 'staging' }]);
    expect(lines(found)).toEqual(
      expect.arrayContaining([
        'added KafkaTopic.kafka.strimzi.io kafka/orders in environments/staging/pipelines/order-processor/kafka',
        'added environments/staging/argocd/pipelines/order-processor-flink.yaml in environments/staging/argocd/pipelines/order-processor-flink.yaml',
      ]),
    );
    expect(found.differences.every(({ kind, where }) => kind === 'added' && where.startsWith('environments/staging/'))).toBe(true);
    expect(found.differences.some(({ diff }) => diff.includes('checksum'))).toBe(false);
  });

  it("are those of a chart's values too, which no overlay shows: Millrace's own, without their header, and people's", async () => {
    const folder = 'environments/dev/operators/strimzi';
    write(new Map([[`${folder}/own-values.yaml`, 'replicas: 3\n']]));
    write(new Map([[`${folder}/values.yaml`, `${example.get(`${folder}/values.yaml`) ?? ''}more: true\n`]]));
    const found = await repositoryDifferences({ kind: 'commit', root, commit: base }, { kind: 'folder', root });
    git('reset', '--quiet', '--hard', base);
    git('clean', '--quiet', '-fd');
    expect(lines(found)).toEqual([`added ${folder}/own-values.yaml in ${folder}/own-values.yaml`, `changed ${folder}/values.yaml in ${folder}/values.yaml`]);
    expect(found.differences[1]?.diff).toContain('+more: true');
  });

  it('see what an overlay of somebody has from a folder of the repository that is none of ours', async () => {
    const shared = new Map([
      ['shared/monitoring/kustomization.yaml', 'resources: [config.yaml, ../more]\n'],
      ['shared/monitoring/config.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\n'],
      ['shared/more/kustomization.yaml', 'resources: [config.yaml]\n'],
      ['shared/more/config.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: two}\n'],
      ['shared/large.bin', 'x'.repeat(1000)],
    ]);
    const overlay = 'environments/dev/monitoring';
    write(new Map([...shared, [`${overlay}/Kustomization`, 'resources: ["../../../shared/monitoring/"]\n']]));
    git('add', '--all');
    git('commit', '--quiet', '-m', 'an overlay of somebody');
    const found = await repositoryDifferences({ kind: 'commit', root, commit: base }, { kind: 'commit', root, commit: 'HEAD' });
    const files = commitFiles(root, 'HEAD');
    git('reset', '--quiet', '--hard', base);
    expect(found.failed).toEqual([]);
    expect(lines(found)).toEqual([`added ConfigMap one in ${overlay}`, `added ConfigMap two in ${overlay}`]);
    expect([...reachableTexts(files, [overlay]).keys()].sort()).toEqual(
      [`${overlay}/Kustomization`, ...[...shared.keys()].filter((path) => path !== 'shared/large.bin')].sort(),
    );
  });

  it('name what is removed', async () => {
    const overlay = 'environments/dev/pipelines/order-processor/kafka';
    write(new Map([[`${overlay}/patches/gone.yaml`, 'apiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata:\n  name: orders\n$patch: delete\n']]));
    write(new Map([[`${overlay}/kustomization.yaml`, `${example.get(`${overlay}/kustomization.yaml`) ?? ''}  - path: patches/gone.yaml\n`]]));
    const found = await repositoryDifferences({ kind: 'commit', root, commit: base }, { kind: 'folder', root });
    git('reset', '--quiet', '--hard', base);
    git('clean', '--quiet', '-fd');
    expect(lines(found)).toEqual([`removed KafkaTopic.kafka.strimzi.io kafka/orders in ${overlay}`]);
  });

  it('R12: say which topics would go with their data, and not of one that Strimzi has let go of or that another pipeline takes over', async () => {
    const gone = { kind: 'placement', name: 'order-processor', environment: 'dev', deleteData: true };
    const letGo: Step = ['topic', { name: 'returns', pipeline: 'order-processor', partitions: 3 }];
    write(
      [letGo, ['remove', { kind: 'topic', name: 'returns', pipeline: 'order-processor' }] as const].reduce(
        (files, [name, options]) => after(files, name, options),
        example,
      ),
    );
    git('add', '--all');
    git('commit', '--quiet', '-m', 'returns was let go of');
    const start = git('rev-parse', 'HEAD');
    const other = after(after(example, 'remove', gone), 'pipeline', { name: 'returns', team: 'orders', topics: ['orders'], partitions: 3 });
    git('rm', '-r', '--quiet', 'environments', 'apps');
    write(other);
    const found = await repositoryDifferences({ kind: 'commit', root, commit: start }, { kind: 'folder', root });
    git('reset', '--quiet', '--hard', base);
    git('clean', '--quiet', '-fd');
    expect(lines(found).filter((line) => /KafkaTopic/.test(line)).length).toBe(4);
    expect(found.differences.flatMap(({ what, loses }) => (loses === undefined ? [] : [`${what}: ${loses}`]))).toEqual([
      "KafkaTopic.kafka.strimzi.io kafka/order-totals: the topic order-totals with its data, 10 partitions, kept for Kafka's default time",
    ]);
  });

  it('say which overlay does not render, and go on with the rest', async () => {
    const overlay = 'environments/dev/kafka';
    write(after(example, 'topic', { name: 'orders', pipeline: 'order-processor', config: ['retention.ms=86400000'] }));
    write(new Map([[`${overlay}/kustomization.yaml`, 'resources: [nowhere.yaml]\n']]));
    const found = await repositoryDifferences({ kind: 'commit', root, commit: base }, { kind: 'folder', root });
    git('reset', '--quiet', '--hard', base);
    expect(found.failed).toMatchObject([{ overlay }]);
    expect(found.failed[0]?.message).toContain('nowhere.yaml');
    expect(lines(found)).toHaveLength(1);
  });

  it('tell of a release that another branch cut under the same number, and of none that is new or gone', async () => {
    const cut = (config: string, files = example): Repository =>
      after(after(files, 'topic', { name: 'orders', pipeline: 'order-processor', config: [config] }), promote, { pipeline: 'order-processor', to: 'staging' });
    const folder = 'apps/order-processor/releases/1.0.0';
    write(cut('retention.ms=1000'));
    git('add', '--all');
    git('commit', '--quiet', '-m', 'ours');
    const ours: Side = { kind: 'commit', root, commit: git('rev-parse', 'HEAD') };
    write(cut('retention.ms=2000'));
    const { replaced } = await repositoryDifferences(ours, { kind: 'folder', root });
    const short = ours.commit.slice(0, 10);
    expect(replaced).toEqual([
      {
        file: `${folder}/release.yaml`,
        message: `release 1.0.0 of order-processor is another one than on ${short}: what runs under this number would be replaced`,
        remedy: `Have that one again (git restore --source ${short} --staged --worktree ${folder}), and promote what was cut here under a number of its own.`,
      },
    ]);
    const comment = differencesComment({ differences: [], failed: [], replaced }, 60_000, '');
    expect(comment).toContain('Releases never change, and these do:\n\n- release 1.0.0 of order-processor is another one');

    git('reset', '--quiet', '--hard');
    write(cut('retention.ms=3000', cut('retention.ms=1000')));
    rmSync(join(root, folder), { recursive: true });
    expect((await repositoryDifferences(ours, { kind: 'folder', root })).replaced).toEqual([]);
    git('reset', '--quiet', '--hard', base);
    git('clean', '--quiet', '-fd');
  });

  it('begin where a line of work left the other', () => {
    const refusal = (...commits: readonly [string, string]): unknown => {
      try {
        return mergeBase(root, ...commits);
      } catch (error) {
        return error;
      }
    };
    git('switch', '--quiet', '--create', 'work');
    git('commit', '--quiet', '--allow-empty', '-m', 'work');
    git('switch', '--quiet', 'main');
    git('commit', '--quiet', '--allow-empty', '-m', 'meanwhile');
    expect(mergeBase(root, 'main', 'work')).toBe(base);
    git('reset', '--quiet', '--hard', base);
    expect(refusal('nowhere', 'HEAD')).toMatchObject({ exitCode: 2, problems: [{ message: 'git knows no commit nowhere here' }] });
    expect(refusal('--all', 'HEAD')).toMatchObject({ exitCode: 2 });
    git('switch', '--quiet', '--orphan', 'other');
    git('commit', '--quiet', '--allow-empty', '-m', 'another history');
    expect(refusal('main', 'other')).toMatchObject({ exitCode: 2, problems: [{ message: 'main and other have no commit in common' }] });
    git('switch', '--quiet', 'main');
  });
});

describe('the comment of a pull request', () => {
  const difference = (number: number, kind: Difference['kind'] = 'added', length = 10): Difference => ({
    where: `environments/${number % 2 === 0 ? 'dev' : 'prod'}/kafka`,
    what: `KafkaTopic kafka/topic-${number}`,
    kind,
    diff: `@@ -1,0 +1,${length} @@\n${'+  a: b\n'.repeat(length)}`,
  });
  const comment = (differences: readonly Difference[], limit = 60_000) =>
    differencesComment({ differences, failed: [], replaced: [] }, limit, 'npx millrace diff');

  it('is found by its first line, and counts each environment', () => {
    const text = comment([difference(1), difference(2, 'changed'), difference(4, 'removed')]);
    expect(text.split('\n')[0]).toBe(COMMENT_MARK);
    expect(text).toContain('- **prod**: 1 added, 0 changed, 0 removed\n- **dev**: 0 added, 1 changed, 1 removed\n');
    expect(text).toContain('- removed: <code>KafkaTopic kafka/topic-4</code>');
    expect(text.match(/<details>/g)).toHaveLength(3);
    expect(text).not.toContain('not shown');
  });

  it('names first what takes data along, and counts it', () => {
    const removed = Array.from({ length: 40 }, (_none, index) => difference(index * 2, 'removed'));
    const text = comment([...removed, { ...difference(100, 'removed'), loses: 'the topic orders with its data, 10 partitions' }]);
    expect(text).toContain('- **dev**: 0 added, 0 changed, 41 removed (1 with data)\n');
    expect(text.split('\n').find((line) => line.startsWith('- removed:'))).toBe(
      '- removed: <code>KafkaTopic kafka/topic-100</code> in <code>environments/dev/kafka</code>: <strong>deletes the topic orders with its data, 10 partitions</strong>',
    );
  });

  it('says that nothing changes', () => {
    expect(comment([])).toBe(`${COMMENT_MARK}\n### What this changes in the clusters\n\nNothing.\n\n`);
  });

  it.each([2000, 5000, 60_000])('is no longer than %i characters, and counts what it leaves out', (limit) => {
    const many = Array.from({ length: 500 }, (_none, index) => difference(index, index % 3 === 0 ? 'removed' : 'changed', index));
    const text = comment(many, limit);
    expect(text.length).toBeLessThanOrEqual(limit);
    const shown = text.match(/<details>/g)?.length ?? 0;
    expect(text).toContain(`${500 - shown} of 500 are not shown here, for their length: \`npx millrace diff\` shows them.`);
    expect(text.match(/<\/details>/g)?.length ?? 0).toBe(shown);
  });

  it('cannot be broken out of by what a resource is called or has in it', () => {
    const text = comment([{ where: 'environments/dev/<b>', what: '</code><script>', kind: 'changed', diff: '+```\n+</details>' }]);
    expect(text).not.toContain('<script>');
    expect(text).toContain('````diff\n+```\n');
  });

  it('names overlays that do not render', () => {
    const failed = [{ overlay: 'environments/dev/kafka', message: 'broken' }];
    expect(differencesComment({ differences: [], failed, replaced: [] }, 60_000, '')).toContain(
      'These overlays do not render:\n\n- <code>environments/dev/kafka</code>',
    );
  });
});

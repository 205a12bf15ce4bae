import { checksum, readProvenance } from '@millrace/model';
import { describe, expect, it } from 'vitest';

import { manifests } from './manifests.js';
import { releaseFiles } from './release.js';
import { EVERYTHING, EXAMPLE, ORDER_PROCESSOR, released, workspaceOf, type Texts } from './workspace.fixture.js';

function cut(texts: Texts, version: string) {
  const workspace = workspaceOf(texts);
  const next = workspace.pipelines.get('order-processor')?.next;
  if (next === undefined) throw new Error('there is no order-processor');
  return releaseFiles(workspace, next, version);
}

describe('a release', () => {
  const { files, checksums, layout } = cut(EXAMPLE, '1.5.0');

  it('is the declaration, letter for letter, and the three bases as next has them', () => {
    expect(files.get('pipeline.yaml')).toBe(EXAMPLE[ORDER_PROCESSOR]);
    const made = manifests(workspaceOf(EXAMPLE));
    const next = [...made].flatMap(([path, text]): [string, string][] =>
      path.startsWith('apps/order-processor/next/') ? [[path.slice('apps/order-processor/next/'.length), text]] : [],
    );
    expect([...files.keys()].sort()).toEqual([...next.map(([path]) => path), 'pipeline.yaml'].sort());
    expect(new Set(next.map(([path]) => path.split('/')[0]))).toEqual(new Set(['kafka', 'session', 'application']));
    for (const [path, text] of next) {
      const provenance = readProvenance(text);
      const [header = '', ...body] = (files.get(path) ?? '').split('\n');
      expect(header, path).toMatch(/^# Frozen: apps\/order-processor\/releases\/1\.5\.0 /);
      expect(provenance, path).toMatchObject({ kind: 'intact', body: body.join('\n') });
    }
  });

  it('knows the layout and the checksum of each of its files', () => {
    expect(layout).toBe(1);
    expect(Object.keys(checksums).sort()).toEqual([...files.keys()].sort());
    for (const [path, text] of files) expect(checksums[path], path).toBe(checksum(text));
  });

  it('is the same each time, apart from its version in the headers', () => {
    expect(cut(EXAMPLE, '1.5.0')).toEqual(cut(EXAMPLE, '1.5.0'));
    const other = cut(EXAMPLE, '2.0.0').files;
    for (const [path, text] of files) expect(other.get(path)?.replace('/2.0.0 ', '/1.5.0 '), path).toBe(text);
  });

  it('is the same from a checkout with Windows line endings', () => {
    expect(cut({ ...EXAMPLE, [ORDER_PROCESSOR]: (EXAMPLE[ORDER_PROCESSOR] ?? '').replaceAll('\n', '\r\n') }, '1.5.0')).toEqual(cut(EXAMPLE, '1.5.0'));
  });

  it('is cut from next as it is, whatever environments run', () => {
    const elsewhere = Object.fromEntries(Object.entries(EXAMPLE).filter(([path]) => !path.startsWith('environments/')));
    expect(cut(elsewhere, '1.5.0')).toEqual(cut(EXAMPLE, '1.5.0'));
  });
});

/** The paths whose text differs between what is made of two repositories. */
function changed(before: Texts, after: Texts): readonly string[] {
  const [one, other] = [manifests(workspaceOf(before)), manifests(workspaceOf(after))];
  return [...new Set([...one.keys(), ...other.keys()])].filter((path) => one.get(path) !== other.get(path));
}

describe('a change of pipeline.yaml', () => {
  const text = EXAMPLE[ORDER_PROCESSOR] ?? '';
  const edits: readonly (readonly [string, string])[] = [
    ['more partitions', text.replaceAll('partitions: 10', 'partitions: 20')],
    ['another setting of a topic', text.replace('snappy', 'zstd')],
    ['another name of a topic in Kafka', text.replace('  orders:\n', '  orders:\n    topicName: shop.orders\n')],
    ['a new topic that the job writes', text.replace('users:\n', '  alerts: {partitions: 1}\nusers:\n').replace('writes: {', 'writes: {alerts: {}, ')],
    ['another consumer group', text.replace('order-processor-group', 'order-processor-2')],
    ['another user', text.replaceAll('flink-app', 'flink-app-2')],
    ['another job name', text.replace('  order-processor:\n', '  processor:\n')],
    ['another build', text.replaceAll('5f70bf', 'aaaaaa').replace('1.0.0.jar', '1.1.0.jar')],
    [
      'another Flink and other settings',
      text.replace('v2_2', 'v1_19').replace('interval: 60s', 'interval: 5s').replace('    reads:', '    maxParallelism: 720\n    args: [--x]\n    reads:'),
    ],
    ['no job any more', text.slice(0, text.indexOf('jobs:'))],
    ['another team', text.replace('team: orders', 'team: payments')],
  ];

  it.each(edits)('does not reach an environment that pins a release: %s', (_what, edited) => {
    expect(edited).not.toBe(text);
    const paths = changed(EVERYTHING, { ...EVERYTHING, [ORDER_PROCESSOR]: edited });
    expect(paths).not.toEqual([]);
    // The bases of others that use a topic of this pipeline follow its name; their releases do not.
    // Who approves changes is who owns the pipeline now.
    expect(paths.filter((path) => path !== 'CODEOWNERS' && !/^(?:apps\/[^/]+\/next|environments\/dev)\//.test(path))).toEqual([]);
  });

  it('reaches it by a promotion: one line of its placement, and what belongs to that pipeline in that environment', () => {
    const [, edited = ''] = edits[5] ?? [];
    const cutAgain = released({ ...EXAMPLE, [ORDER_PROCESSOR]: edited }, 'order-processor', '1.5.0');
    const placement = 'environments/prod/pipelines/order-processor/placement.yaml';
    const promoted = { ...cutAgain, [placement]: (EXAMPLE[placement] ?? '').replace('1.4.0', '1.5.0') };
    const paths = changed(cutAgain, promoted);
    expect(paths).toContain('environments/prod/pipelines/order-processor/kafka/kustomization.yaml');
    expect(
      paths.filter(
        (path) =>
          !/^environments\/prod\/(?:pipelines\/order-processor|argocd\/pipelines\/order-processor-|credentials\/(?:\w+\.)?order-processor\.yaml)/.test(path),
      ),
    ).toEqual([]);
  });
});

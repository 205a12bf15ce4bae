import { openRenderer, readResources, type Resource } from '@millrace/kustomize';
import { MillraceError, releaseSchema, readDeclared, checksum } from '@millrace/model';
import { consequences, isEmpty, memoryFiles, migrate, NO_HISTORY, planCommand, planSync, readWorkspace, selectOverlays } from '@millrace/workspace';
import { after, EXAMPLE, repository, type Repository, type Step } from '@millrace/workspace/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';

import { layoutMove } from './layout-move.js';
import { promote } from './promote.js';
import { pullRequest } from './pull-request.js';
import { refreshRelease } from './refresh-release.js';

vi.hoisted(() => {
  process.env['MILLRACE_PREVIEW_LAYOUT'] = new URL('../../manifests/preview-layout/layout.cjs', import.meta.url).pathname;
});

const RELEASES = 'apps/order-processor/releases';
const DIGEST = 'ab'.repeat(32);
const PLACEMENT = (environment: string) => `environments/${environment}/pipelines/order-processor/placement.yaml`;
const ENVIRONMENT = (environment: string) => `environments/${environment}/environment.yaml`;

function textAt(files: Repository, path: string): string {
  const text = files.get(path);
  if (text === undefined) throw new Error(`there is no ${path}`);
  return text;
}
/** A repository with a part of a file replaced, in sync again. */
function edited(files: Repository, path: string, part: string, by: string): Repository {
  expect(textAt(files, path)).toContain(part);
  return synced(new Map([...files, [path, textAt(files, path).replace(part, by)]]));
}
function synced(files: Repository): Repository {
  const { changes } = planSync(memoryFiles(files));
  expect(changes.refused).toEqual([]);
  const result = new Map(files);
  for (const { path } of changes.delete) result.delete(path);
  for (const { path, text } of [...changes.create, ...changes.update]) result.set(path, text);
  return result;
}
const inLayoutOne = (files: Repository): Repository =>
  synced(new Map([...files].map(([path, text]) => [path, path.endsWith('/environment.yaml') ? text.replace('layout: 2', 'layout: 1') : text])));
const to = (files: Repository, environment: string, options: Readonly<Record<string, unknown>> = {}, pipeline = 'order-processor'): Repository =>
  after(files, promote, { pipeline, to: environment, ...options });
const refreshed = (files: Repository, options: Readonly<Record<string, unknown>> = {}): Repository =>
  after(files, refreshRelease, { pipeline: 'order-processor', ...options });
const pinned = (files: Repository, environment: string): string | undefined =>
  readWorkspace(memoryFiles(files)).placements.get(environment)?.get('order-processor')?.value.release;
const record = (files: Repository, version: string) => {
  const reading = readDeclared('release.yaml', textAt(files, `${RELEASES}/${version}/release.yaml`), releaseSchema);
  if (reading.kind === 'wrong') throw new Error(reading.problems[0]?.message);
  return reading.declared.value;
};
const below = (files: Repository, ...folders: readonly string[]): Repository =>
  new Map([...files].filter(([path]) => folders.some((folder) => path.startsWith(`${folder}/`))));
function refusal(run: () => unknown): MillraceError {
  try {
    run();
  } catch (error) {
    if (error instanceof MillraceError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** A neighbour in the same namespaces. */
const NEIGHBOUR: readonly Step[] = [
  ['pipeline', { name: 'billing', team: 'orders', topics: ['bills'], job: 'biller', reads: ['orders'], writes: ['bills'] }],
  ['artifact', { pipeline: 'billing', image: `ghcr.io/acme/billing@sha256:${DIGEST}`, jarUri: 'https://a.example/b.jar', jarSha256: DIGEST }],
];
/** Everything runs everywhere, in layout 1. */
const old = ['staging', 'prod'].reduce(
  (files, environment) => to(to(files, environment), environment, {}, 'billing'),
  inLayoutOne(repository([...EXAMPLE, ...NEIGHBOUR])),
);
/** The first environment moved. */
const moved = after(old, migrate, {});
const staged = to(moved, 'staging');

describe('a promotion after the first environment moved', () => {
  it('cuts a release in the new layout although nothing else changed, and pins it', () => {
    expect(isEmpty(planCommand(memoryFiles(old), promote, { pipeline: 'order-processor', to: 'staging' }).changes)).toBe(true);
    expect(pinned(staged, 'staging')).toBe('1.1.0');
    expect(record(staged, '1.0.0').layout).toBe(1);
    expect(record(staged, '1.1.0').layout).toBe(2);
    expect(textAt(staged, `${RELEASES}/1.1.0/application/job-order-processor.yaml`)).toContain('web.exception-history-size');
  });

  it('moves that pipeline there, and neither its neighbours nor the platform', () => {
    const differing = [...new Set([...moved.keys(), ...staged.keys()])].filter((path) => moved.get(path) !== staged.get(path));
    expect(differing).toContain('environments/staging/pipelines/order-processor/flink/deployment-order-processor.yaml');
    expect(staged.has('environments/staging/pipelines/order-processor/flink/job-order-processor.yaml')).toBe(false);
    expect(
      differing.filter(
        (path) => !/^(?:apps\/order-processor\/releases\/1\.1\.0|environments\/staging\/(?:pipelines\/order-processor|argocd\/pipelines))\//.test(path),
      ),
    ).toEqual([]);
    expect(differing.filter((path) => path.includes('billing'))).toEqual([]);
  });

  it('changes nothing the second time, and goes on to the next environment', () => {
    expect(isEmpty(planCommand(memoryFiles(staged), promote, { pipeline: 'order-processor', to: 'staging' }).changes)).toBe(true);
    const everywhere = to(staged, 'prod');
    expect(pinned(everywhere, 'prod')).toBe('1.1.0');
    expect([...below(everywhere, 'environments/prod/pipelines/order-processor/flink').keys()]).toContain(
      'environments/prod/pipelines/order-processor/flink/deployment-order-processor.yaml',
    );
  });

  it('says that it moves, and which running jobs are redeployed because of it', () => {
    const outcome = planCommand(memoryFiles(moved), promote, { pipeline: 'order-processor', to: 'staging' });
    const move = layoutMove(readWorkspace(memoryFiles(moved)), outcome.workspace, 'staging', 'order-processor') ?? '';
    expect(move).toBe('order-processor moves from layout 1 to layout 2 in staging; the platform of staging stays in layout 1 until: millrace migrate staging');
    expect(consequences(outcome)).toEqual(['1 running job would be redeployed in staging: order-processor']);
    const text = pullRequest({ pipeline: 'order-processor', release: '1.1.0', from: '1.0.0', to: 'staging', remarks: [move, ...consequences(outcome)] }, []);
    expect(text.message).toBe(
      `Promote order-processor 1.1.0 to staging\n\nstaging runs 1.0.0 now.\n\n${move}.\n\n1 running job would be redeployed in staging: order-processor.\n\nIn staging: nothing changes.\n\n`,
    );
    expect(text.markdown).toContain(`staging runs 1.0.0 now.\n\n${move}.\n\n1 running job`);
  });

  it('says nothing of a layout where the pipeline stays in its own, or comes for the first time', () => {
    const before = readWorkspace(memoryFiles(old));
    expect(layoutMove(before, before, 'staging', 'order-processor')).toBeUndefined();
    const fresh = inLayoutOne(repository(EXAMPLE));
    const { workspace, stopped } = planCommand(memoryFiles(fresh), promote, { pipeline: 'order-processor', to: 'staging' });
    expect(layoutMove(readWorkspace(memoryFiles(fresh)), workspace, 'staging', 'order-processor')).toBeUndefined();
    expect(stopped).toEqual([]);
  });

  it('is undone by the one line of the release: what ran before comes back byte for byte', () => {
    const back = edited(staged, PLACEMENT('staging'), '"1.1.0"', '"1.0.0"');
    expect(below(back, 'environments/staging')).toEqual(below(moved, 'environments/staging'));
  });
});

describe('a release in a layout', () => {
  it('that the first environment is not in is not run: nobody has tried it', () => {
    const files = new Map([...staged, [ENVIRONMENT('dev'), textAt(staged, ENVIRONMENT('dev')).replace('layout: 2', 'layout: 1')]]);
    expect(refusal(() => planSync(memoryFiles(files))).problems).toMatchObject([
      {
        file: PLACEMENT('staging'),
        message: 'release 1.1.0 of order-processor is in layout 2, but dev is still in layout 1: staging would run what was never tried',
      },
    ]);
  });

  it.each([
    [9, /^Use the Millrace/],
    [0.5, undefined],
  ])('that nobody makes (%d) is not run', (layout, remedy) => {
    const path = `${RELEASES}/1.0.0/release.yaml`;
    const files = new Map([...old, [path, textAt(old, path).replace('layout: 1', `layout: ${layout}`)]]);
    const { problems, exitCode } = refusal(() => planSync(memoryFiles(files)));
    expect(exitCode).toBe(1);
    expect(problems[0]?.message).toMatch(/layout/);
    if (remedy !== undefined) expect(problems[0]?.remedy).toMatch(remedy);
  });
});

describe('releases refresh', () => {
  /** Production is in layout 1; next has gone on since. */
  const gone = after(moved, 'topic', { name: 'orders', pipeline: 'order-processor', config: ['retention.ms=1000'] });
  const done = refreshed(gone, { release: '1.0.0' });

  it('makes of a release another one that says the same in the newest layout, and leaves the old one', () => {
    expect(below(done, `${RELEASES}/1.0.0`)).toEqual(below(gone, `${RELEASES}/1.0.0`));
    const { files, ...now } = record(done, '1.0.1');
    const { files: _files, ...then } = record(done, '1.0.0');
    expect(now).toEqual({ ...then, release: '1.0.1', layout: 2, refreshedFrom: '1.0.0' });
    expect(textAt(done, `${RELEASES}/1.0.1/pipeline.yaml`)).toBe(textAt(done, `${RELEASES}/1.0.0/pipeline.yaml`));
    expect(textAt(done, `${RELEASES}/1.0.1/application/job-order-processor.yaml`)).toContain('web.exception-history-size');
    for (const [path, sha256] of Object.entries(files)) expect(checksum(textAt(done, `${RELEASES}/1.0.1/${path}`)), path).toBe(sha256);
  });

  it('changes no environment: nobody pins it, and no running job is concerned', () => {
    expect(below(done, 'environments')).toEqual(below(gone, 'environments'));
    expect(planCommand(memoryFiles(gone), refreshRelease, { pipeline: 'order-processor', release: '1.0.0' }).stopped).toEqual([]);
    expect(isEmpty(planSync(memoryFiles(done)).changes)).toBe(true);
  });

  it('finds its own work when it is run again', () => {
    for (const options of [{}, { release: '1.0.0' }, { release: '1.0.0', as: '1.0.1' }]) {
      expect(isEmpty(planCommand(memoryFiles(done), refreshRelease, { pipeline: 'order-processor', ...options }).changes)).toBe(true);
    }
  });

  it('takes the newest release unless another is named, and the version that it is told', () => {
    expect(record(refreshed(gone), '1.0.1').refreshedFrom).toBe('1.0.0');
    expect(record(refreshed(gone, { as: '3.0.0' }), '3.0.0')).toMatchObject({ refreshedFrom: '1.0.0', layout: 2 });
  });

  it('takes a release that neither runs nor is the newest, and the next free version', () => {
    const newer = to(to(to(gone, 'staging', { release: '1.0.1' }), 'prod'), 'staging');
    expect(new Set([pinned(newer, 'staging'), pinned(newer, 'prod')])).toEqual(new Set(['1.0.1']));
    const files = refreshed(newer, { release: '1.0.0' });
    expect(record(files, '1.0.2')).toMatchObject({ refreshedFrom: '1.0.0', layout: 2 });
  });

  it('counts a prerelease on, and does not end it', () => {
    const candidate = after(to(inLayoutOne(repository(EXAMPLE)), 'staging', { release: '2.0.0-rc.1' }), migrate, {});
    expect(record(refreshed(candidate), '2.0.0-rc.2').refreshedFrom).toBe('2.0.0-rc.1');
  });

  it('gives what can be promoted in place of the release that it refreshes, whatever next is by now', () => {
    const staging = to(done, 'staging', { release: '1.0.1' });
    expect(pinned(staging, 'staging')).toBe('1.0.1');
    expect(textAt(staging, 'environments/staging/pipelines/order-processor/kafka/kustomization.yaml')).toContain('releases/1.0.1/kafka');
    expect(isEmpty(planCommand(memoryFiles(staging), promote, { pipeline: 'order-processor', to: 'staging', release: '1.0.1' }).changes)).toBe(true);
    expect(pinned(to(staging, 'prod'), 'prod')).toBe('1.0.1');
  });

  it('does not open a way around: another release that is not next stays refused', () => {
    const other = to(done, 'staging', { release: '1.5.0' });
    expect(refusal(() => to(other, 'staging', { release: '1.0.1' })).problems[0]?.message).toBe(
      'release 1.0.1 of order-processor is there already, and it is not what next is now',
    );
  });

  it.each<readonly [what: string, files: Repository, options: Readonly<Record<string, unknown>>, message: string]>([
    ['before the first environment moved', old, {}, 'dev is in layout 1: a release in layout 2 would run what was never tried'],
    ['of a release that is in the newest layout', staged, {}, 'release 1.1.0 of order-processor is in layout 2, the newest there is'],
    ['of a release that is not there', moved, { release: '7.0.0' }, 'there is no release 7.0.0 of order-processor'],
    [
      'of a pipeline without releases',
      after(repository(EXAMPLE), 'pipeline', { name: 'empty', team: 'orders' }),
      { pipeline: 'empty' },
      'empty has no release yet',
    ],
    ['of a pipeline that is not there', moved, { pipeline: 'nope' }, 'there is no pipeline nope'],
    ['under a version that is taken', staged, { release: '1.0.0', as: '1.1.0' }, 'release 1.1.0 of order-processor is there already'],
  ])('is refused %s', (_what, files, options, message) => {
    const error = refusal(() => refreshed(files, options));
    expect(error.exitCode).toBe(1);
    expect(error.problems.map((problem) => problem.message)).toEqual([message]);
  });

  it('is called what no release ever was', () => {
    const history = { ...NO_HISTORY, releasesOf: () => ['1.0.1'] };
    const refreshed = (as: Readonly<Record<string, unknown>>) =>
      planCommand(memoryFiles(gone), refreshRelease, { pipeline: 'order-processor', release: '1.0.0', ...as }, undefined, history);
    expect([...refreshed({}).changes.create].map(({ path }) => path)).toContain(`${RELEASES}/1.0.2/release.yaml`);
    expect(refusal(() => refreshed({ as: '1.0.1' })).problems[0]?.message).toBe('release 1.0.1 of order-processor was there before');
  });

  it('is refused for a release that somebody touched', () => {
    const path = `${RELEASES}/1.0.0/kafka/topic-orders.yaml`;
    const files = new Map([...gone, [path, `${textAt(gone, path)}# mine\n`]]);
    expect(refusal(() => refreshed(files, { release: '1.0.0' })).problems).toMatchObject([
      { file: path, message: 'this file of a frozen release was changed' },
    ]);
  });
});

/** What kustomize makes of every overlay of an environment. */
async function rendered(files: Repository, environment: string): Promise<readonly Resource[]> {
  const root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  try {
    await using renderer = openRenderer({ source: { root, changes: files } });
    const overlays = selectOverlays(memoryFiles(files), readWorkspace(memoryFiles(files)), [environment]);
    const results = await Promise.all(overlays.map((overlay) => renderer.render(overlay)));
    return results.flatMap((result) => {
      if (result.kind === 'failed') throw new Error(`${result.overlay}: ${result.message}`);
      return readResources(result.yaml);
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

describe('each release on each platform', () => {
  const platformMoved = after(moved, migrate, { environment: 'staging' });
  const sides: readonly (readonly [what: string, files: Repository, release: number, platform: number])[] = [
    ['an old release on the old platform', old, 1, 1],
    ['a new release on the old platform', staged, 2, 1],
    ['an old release on the new platform', platformMoved, 1, 2],
    ['a new release on the new platform', to(platformMoved, 'staging'), 2, 2],
  ];

  it.each(sides)('%s renders, and is whole in its own layout', async (_what, files, release, platform) => {
    const resources = await rendered(files, 'staging');
    const text = (kind: string, name: string) => resources.find((resource) => resource.kind === kind && resource.name === name)?.text ?? '';
    expect(text('FlinkDeployment', 'order-processor').includes('web.exception-history-size')).toBe(release === 2);
    expect(text('FlinkDeployment', 'order-processor')).toContain('high-availability.type: kubernetes');
    expect(text('KafkaUser', 'flink-app').includes('compare-options')).toBe(release === 2);
    expect(text('ServiceAccount', 'flink').includes('app.kubernetes.io/component: flink')).toBe(platform === 2);
  });
});

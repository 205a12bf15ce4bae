import { checksum, MillraceError } from '@millrace/model';
import { consequences, isEmpty, memoryFiles, NO_HISTORY, planCommand, planSync, type Changes } from '@millrace/workspace';
import { after, EXAMPLE, repository, synced, type Repository } from '@millrace/workspace/testing';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { promote } from './promote.js';

const containing = (text: string): unknown => expect.stringContaining(text);
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const example = repository(EXAMPLE);
const ORDERS = 'apps/order-processor/pipeline.yaml';
const RELEASES = 'apps/order-processor/releases';
const COMMIT = 'c0ffee'.padEnd(40, '0');

const to = (files: Repository, environment: string, options: Readonly<Record<string, unknown>> = {}): Repository =>
  after(files, promote, { pipeline: 'order-processor', to: environment, ...options });

const staged = to(example, 'staging', { commit: COMMIT });
const everywhere = to(staged, 'prod');
/** Another setting of a topic: next is no longer what was released. */
const grown = (files: Repository): Repository => after(files, 'topic', { name: 'orders', pipeline: 'order-processor', config: ['retention.ms=1000'] });

function planned(files: Repository, options: Readonly<Record<string, unknown>>): Changes {
  return planCommand(memoryFiles(files), promote, { pipeline: 'order-processor', ...options }).changes;
}

function refusal(files: Repository, options: Readonly<Record<string, unknown>>): MillraceError {
  try {
    planned(files, options);
  } catch (error) {
    if (error instanceof MillraceError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const textAt = (files: Repository, path: string): string => {
  const text = files.get(path);
  if (text === undefined) throw new Error(`there is no ${path}`);
  return text;
};
const below = (files: Repository, folder: string): Repository => new Map([...files].filter(([path]) => path.startsWith(`${folder}/`)));
const pinned = (files: Repository, environment: string): unknown =>
  parse(textAt(files, `environments/${environment}/pipelines/order-processor/placement.yaml`));
const versions = (files: Repository): readonly string[] => [...new Set([...below(files, RELEASES).keys()].map((path) => path.split('/')[3] ?? ''))].sort();

describe('a promotion from the first environment', () => {
  it('cuts 1.0.0 from next, and pins it', () => {
    expect(versions(example)).toEqual([]);
    expect(versions(staged)).toEqual(['1.0.0']);
    expect(pinned(staged, 'staging')).toEqual({ release: '1.0.0' });
    expect(pinned(staged, 'dev')).toEqual({ release: 'next' });
  });

  it('freezes pipeline.yaml and the three bases, and says what they are by checksums', () => {
    const release = below(staged, `${RELEASES}/1.0.0`);
    const record: unknown = parse(textAt(staged, `${RELEASES}/1.0.0/release.yaml`));
    const files = [...release]
      .map(([path, text]): [string, string] => [path.slice(`${RELEASES}/1.0.0/`.length), text])
      .filter(([path]) => path !== 'release.yaml');
    expect(record).toMatchObject({ release: '1.0.0', pipeline: 'order-processor', layout: 1, commit: COMMIT });
    expect(record).toMatchObject({ files: Object.fromEntries(files.map(([path, text]) => [path, checksum(text)])) });
    expect(record).toMatchObject({ artifacts: { 'order-processor': { entryClass: 'com.acme.orders.OrderProcessor' } } });
    expect(new Set(files.map(([path]) => path.split('/')[0]))).toEqual(new Set(['pipeline.yaml', 'kafka', 'session', 'application']));
    expect(textAt(staged, `${RELEASES}/1.0.0/pipeline.yaml`)).toBe(textAt(example, ORDERS));
  });

  it('changes nothing the second time, whatever commit it is run on', () => {
    for (const options of [{}, { commit: COMMIT }, { commit: 'd'.repeat(40) }, { release: '1.0.0' }]) {
      expect(isEmpty(planned(staged, { to: 'staging', ...options }))).toBe(true);
    }
  });

  it('cuts the next minor version when next has changed, and leaves the old one', () => {
    const now = to(grown(staged), 'staging');
    expect(versions(now)).toEqual(['1.0.0', '1.1.0']);
    expect(pinned(now, 'staging')).toEqual({ release: '1.1.0' });
    expect(below(now, `${RELEASES}/1.0.0`)).toEqual(below(staged, `${RELEASES}/1.0.0`));
    expect(textAt(now, 'environments/staging/pipelines/order-processor/kafka/kustomization.yaml')).toContain('releases/1.1.0/kafka');
  });

  it('cuts the version that was asked for', () => {
    const now = to(example, 'staging', { release: '3.0.0-rc.1' });
    expect(versions(now)).toEqual(['3.0.0-rc.1']);
    expect(pinned(now, 'staging')).toEqual({ release: '3.0.0-rc.1' });
  });

  it('takes the newest release for newer than an older one of more digits', () => {
    const now = to(grown(to(example, 'staging', { release: '9.9.0' })), 'staging', { release: '10.0.0' });
    expect(versions(to(after(now, 'topic', { name: 'orders', pipeline: 'order-processor', partitions: 12 }), 'staging'))).toEqual([
      '10.0.0',
      '10.1.0',
      '9.9.0',
    ]);
  });

  it('refuses to cut another release under the name of one that is there', () => {
    expect(refusal(grown(staged), { to: 'staging', release: '1.0.0' })).toMatchObject({
      exitCode: 1,
      problems: [{ message: 'release 1.0.0 of order-processor is there already, and it is not what next is now' }],
    });
  });

  it('refuses a release with nothing to run', () => {
    const unbuilt = after(example, 'flink-job', {
      name: 'auditor',
      pipeline: 'order-processor',
      user: 'flink-app',
      reads: ['orders'],
      consumerGroup: 'auditor',
    });
    expect(refusal(unbuilt, { to: 'staging' })).toMatchObject({
      exitCode: 1,
      problems: [
        {
          message: 'a release of order-processor would have nothing to run for auditor: no artifact is recorded',
          remedy: 'Build it, then: millrace artifact order-processor --jobs auditor --image <image>@sha256:<digest>',
        },
      ],
    });
  });

  it('refuses a release that lacks the form which the environment runs', () => {
    const text = textAt(example, ORDERS);
    const jarOnly = new Map([...example, [ORDERS, text.replace(/^ {6}image: .*\n/m, '')]]);
    expect(jarOnly).not.toEqual(example);
    expect(refusal(synced(jarOnly), { to: 'staging' }).problems).toMatchObject([{ message: 'release 1.0.0 has no image for the job order-processor' }]);
  });

  it('takes a pipeline.yaml with line ends as on Windows', () => {
    const windows = new Map([...example].map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]));
    const now = to(windows, 'staging', { commit: COMMIT });
    expect(below(now, RELEASES)).toEqual(below(staged, RELEASES));
    expect(isEmpty(planned(now, { to: 'staging' }))).toBe(true);
  });
});

describe('a promotion on the way', () => {
  it('pins what runs in the environment before, and cuts nothing', () => {
    expect(pinned(everywhere, 'prod')).toEqual({ release: '1.0.0' });
    expect(below(everywhere, 'apps')).toEqual(below(staged, 'apps'));
    expect(pinned(to(grown(staged), 'prod'), 'prod')).toEqual({ release: '1.0.0' });
    expect(isEmpty(planned(everywhere, { to: 'prod' }))).toBe(true);
  });

  it('does not pass by an environment', () => {
    expect(refusal(example, { to: 'prod' })).toMatchObject({
      exitCode: 1,
      problems: [
        {
          message: 'order-processor does not run in staging, from which prod promotes',
          remedy: 'Promote it there first: millrace promote order-processor --to staging',
        },
      ],
    });
  });

  it('takes no other release than the one that runs there', () => {
    const newer = to(grown(everywhere), 'staging');
    for (const release of ['1.0.0', '2.0.0']) {
      expect(refusal(newer, { to: 'prod', release })).toMatchObject({
        exitCode: 1,
        problems: [
          { message: `the environment before runs order-processor 1.1.0, not ${release}`, remedy: `Promote ${release} there first, or leave --release out.` },
        ],
      });
    }
    expect(pinned(to(newer, 'prod', { release: '1.1.0' }), 'prod')).toEqual({ release: '1.1.0' });
  });

  it("keeps what the placement says beside the release, and its owner's comments", () => {
    const path = 'environments/prod/pipelines/order-processor/placement.yaml';
    const mine = '# large, since March\nrelease: "1.0.0"   # by Ada\njobs:\n  order-processor: {parallelism: 20}\n';
    const start = new Map([...everywhere, [path, mine]]);
    const synced = new Map([...start, ...planSync(memoryFiles(start)).changes.update.map(({ path, text }): [string, string] => [path, text])]);
    const now = to(to(grown(synced), 'staging'), 'prod');
    expect(now.get(path)).toBe(mine.replace('1.0.0', '1.1.0'));
  });
});

describe('a topic that a release does not have any more', () => {
  const idle = { name: 'returns', pipeline: 'order-processor' };
  const withIdle = to(after(example, 'topic', { ...idle, config: ['retention.ms=604800000'] }), 'staging');
  const without = after(withIdle, 'remove', { kind: 'topic', ...idle, deleteData: true });

  it('R12: does not reach an environment where Strimzi manages it: Kafka would delete it with its data', () => {
    expect(refusal(without, { to: 'staging' }).problems).toMatchObject([
      {
        file: 'environments/staging/pipelines/order-processor/placement.yaml',
        message: matching(/the topic returns \(\d+ partitions?, kept for 7 days\)/),
        remedy: containing('Promote a release that lets go of it first'),
      },
    ]);
  });

  it('R12: is promoted when a release in between has let go of it', () => {
    const letGo = to(after(withIdle, 'remove', { kind: 'topic', ...idle }), 'staging');
    expect(textAt(letGo, `${RELEASES}/1.1.0/kafka/topic-returns.yaml`)).toContain('strimzi.io/managed: "false"');
    const gone = to(after(letGo, 'remove', { kind: 'topic', ...idle, finish: true }), 'staging');
    expect(pinned(gone, 'staging')).toEqual({ release: '1.2.0' });
  });

  it('goes with its data where that is said', () => {
    expect(pinned(to(without, 'staging', { deleteData: true }), 'staging')).toEqual({ release: '1.1.0' });
  });

  it('R12: is told by sync where somebody pins a release by hand that does not have it', () => {
    const newer = to(after(to(example, 'staging'), 'topic', { ...idle, config: ['retention.ms=604800000'] }), 'staging');
    const placement = 'environments/staging/pipelines/order-processor/placement.yaml';
    const back = new Map([...newer, [placement, textAt(newer, placement).replace('1.1.0', '1.0.0')]]);
    expect(consequences(planSync(memoryFiles(back)))[0]).toMatch(
      /^1 topic would be deleted with its data in staging: returns \(\d+ partitions?, kept for 7 days\);/,
    );
  });
});

describe('a number that a release had before a revert took it away', () => {
  const history = { ...NO_HISTORY, releasesOf: (pipeline: string) => (pipeline === 'order-processor' ? ['1.1.0', '1.10.0', '1.0.0'] : []) };
  const cut = (options: Readonly<Record<string, unknown>>) =>
    planCommand(memoryFiles(grown(staged)), promote, { pipeline: 'order-processor', to: 'staging', ...options }, undefined, history);

  it('is not given again', () => {
    expect(cut({}).workspace.placements.get('staging')?.get('order-processor')?.value.release).toBe('1.11.0');
  });

  it('is not given again where somebody asks for it, who learns how to have that release', () => {
    expect(() => cut({ release: '1.1.0' })).toThrow(
      'there was a release 1.1.0 of order-processor before, and a number is given once\n    Choose another version, or leave --release out. To have that one again: git checkout "$(git log -1',
    );
  });
});

describe('a promotion', () => {
  it.each([
    [
      'to the first environment',
      { to: 'dev' },
      'dev is the first environment: it follows next, and nothing is promoted to it',
      'Choose another: prod, staging.',
    ],
    ['to an environment that is not there', { to: 'nope' }, 'there is no environment nope', /^Choose one of dev, prod, staging/],
    ['of a pipeline that is not there', { pipeline: 'nope', to: 'staging' }, 'there is no pipeline nope', /^Choose one of order-processor/],
  ])('is refused %s', (_what, options, message, remedy) => {
    const error = refusal(example, options);
    expect(error.exitCode).toBe(1);
    expect(error.problems.map((problem) => problem.message)).toEqual([message]);
    expect(error.problems[0]?.remedy).toMatch(remedy);
  });

  it.each([
    ['no environment', {}, 'promote needs --to'],
    ['a version that is none', { to: 'staging', release: '1.0' }, '--release: a release is a semantic version (for example 1.4.0)'],
    ['a version that would leave the folder', { to: 'staging', release: '../1.0.0' }, '--release: a release is a semantic version (for example 1.4.0)'],
    ['a commit that is none', { to: 'staging', commit: 'HEAD' }, /^--commit: /],
  ])('is a mistake of usage with %s', (_what, options, message) => {
    const error = refusal(example, options);
    expect(error.exitCode).toBe(2);
    expect(error.problems[0]?.message).toMatch(message);
  });
});

describe('a release', () => {
  it('is not reached by any later edit of pipeline.yaml, nor is an environment that pins it', () => {
    const edits: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
      ['topic', { name: 'orders', pipeline: 'order-processor', partitions: 40, config: ['retention.ms=1', 'cleanup.policy=compact'] }],
      ['topic', { name: 'returns', pipeline: 'order-processor' }],
      ['user', { name: 'shop', pipeline: 'order-processor', writes: ['orders'] }],
      ['flink-job', { name: 'order-processor', pipeline: 'order-processor', user: 'shop', flinkVersion: 'v2_1', flinkConfiguration: ['a.b=c'] }],
      ['flink-job', { name: 'auditor', pipeline: 'order-processor', user: 'shop', reads: ['returns'] }],
      ['artifact', { pipeline: 'order-processor', jobs: ['order-processor'], image: `ghcr.io/acme/other@sha256:${'0'.repeat(64)}` }],
    ];
    const session = new Map(everywhere);
    // A second session cluster, so that dev can run the version that the job is moved to.
    const dev = 'environments/dev/environment.yaml';
    session.set(dev, textAt(everywhere, dev).replace('  sessions:\n', '  sessions:\n    orders-21: {team: orders, flinkVersion: v2_1}\n'));
    const now = edits.reduce<Repository>((files, [command, options]) => after(files, command, options), session);
    const differing = [...new Set([...everywhere.keys(), ...now.keys()])].filter((path) => everywhere.get(path) !== now.get(path));
    expect(differing.filter((path) => path.startsWith('apps/order-processor/next/')).length).toBeGreaterThan(5);
    expect(differing.filter((path) => !path.startsWith('apps/order-processor/next/') && !path.startsWith('environments/dev/'))).toEqual([ORDERS]);
  });

  const touched: readonly (readonly [what: string, change: (files: Map<string, string>) => unknown, file: string, message: string])[] = [
    [
      'touched',
      (files) => files.set(`${RELEASES}/1.0.0/kafka/topic-orders.yaml`, `${textAt(files, `${RELEASES}/1.0.0/kafka/topic-orders.yaml`)}# mine\n`),
      `${RELEASES}/1.0.0/kafka/topic-orders.yaml`,
      'this file of a frozen release was changed',
    ],
    [
      'touched in its declaration',
      (files) => files.set(`${RELEASES}/1.0.0/pipeline.yaml`, textAt(files, `${RELEASES}/1.0.0/pipeline.yaml`).replace('partitions: 10', 'partitions: 11')),
      `${RELEASES}/1.0.0/pipeline.yaml`,
      'this file of a frozen release was changed',
    ],
    [
      'incomplete',
      (files) => files.delete(`${RELEASES}/1.0.0/session/job-order-processor.yaml`),
      `${RELEASES}/1.0.0/session/job-order-processor.yaml`,
      'this file of a frozen release is missing',
    ],
    [
      'added to',
      (files) => files.set(`${RELEASES}/1.0.0/kafka/topic-more.yaml`, 'kind: KafkaTopic\n'),
      `${RELEASES}/1.0.0/kafka/topic-more.yaml`,
      'this file was added to a frozen release',
    ],
    ['without its record', (files) => files.delete(`${RELEASES}/1.0.0/release.yaml`), `${RELEASES}/1.0.0/release.yaml`, 'this file is missing'],
    [
      'a copy of another under a new name',
      (files) => [...below(files, `${RELEASES}/1.0.0`)].map(([path, text]) => files.set(path.replace('/1.0.0/', '/1.0.1/'), text)),
      `${RELEASES}/1.0.1/release.yaml`,
      'this is release 1.0.0 of order-processor in the folder of order-processor 1.0.1',
    ],
  ];
  it.each(touched)('that was %s is refused, and the file is named', (_what, change, file, message) => {
    const files = new Map(staged);
    change(files);
    expect(files).not.toEqual(staged);
    expect(() => planSync(memoryFiles(files))).toThrow(MillraceError);
    expect(() => planSync(memoryFiles(files))).toThrow(`${file}: ${message}`);
  });

  it('with line ends as on Windows is not touched', () => {
    const path = `${RELEASES}/1.0.0/kafka/topic-orders.yaml`;
    expect(() => planSync(memoryFiles(new Map([...staged, [path, textAt(staged, path).replaceAll('\n', '\r\n')]])))).not.toThrow();
  });

  it('that an environment pins cannot be removed', () => {
    const files = new Map([...staged].filter(([path]) => !path.startsWith(`${RELEASES}/`)));
    expect(() => planSync(memoryFiles(files))).toThrow('there is no release 1.0.0 of order-processor');
  });
});

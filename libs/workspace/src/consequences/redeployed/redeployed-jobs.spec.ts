import { describe, expect, it } from 'vitest';

import { memoryFiles } from '../../files/memory.js';
import { changed, replaced, withFiles, textAt } from '../../repository.fixture.js';
import { planCommand, planSync } from '../../run-command.js';
import { editCommands } from '../../commands/index.js';
import { after, EXAMPLE, repository, type Repository } from '../../testing.js';
import { describeStopped } from './describe-stopped.js';

const example = repository(EXAMPLE);
const DEV = 'environments/dev/environment.yaml';
const PLACEMENT = 'environments/dev/pipelines/order-processor/placement.yaml';
const PATCHES = 'environments/dev/pipelines/order-processor/flink/patches';
const DIGEST = 'ab'.repeat(32);

/** The lines that sync says of a repository whose declared files somebody has edited. */
const said = (files: Repository): readonly string[] => describeStopped(planSync(memoryFiles(files)).stopped);
/** The same after a command. */
function ran(files: Repository, name: string, options: Readonly<Record<string, unknown>>): readonly string[] {
  const command = editCommands.find((candidate) => candidate.name === name);
  if (command === undefined) throw new Error(`there is no ${name}`);
  return describeStopped(planCommand(memoryFiles(files), command, options).stopped);
}
const synced = (files: Repository): Repository => changed(files, planSync(memoryFiles(files)).changes);
const placement = (text: string): Repository => withFiles(example, { [PLACEMENT]: `release: next\n${text}` });

const anew = (jobs: string) => [
  `${jobs}; in another namespace, or as another kind, a job is another object, and the present one may run on until somebody confirms its deletion. ` +
    'Suspend it first (state: suspended), let that be synced, and give the new one its savepoint (jobs.<job>.initialSavepointPath)',
];
const ANEW = anew('1 job would start anew in dev, without the state that it has: order-processor');

const REDEPLOYED = ['1 running job would be redeployed in dev: order-processor'];

/** The example with a second pipeline in the same session, and one in a namespace of its own. */
const several = repository(
  [
    ['pipeline', { name: 'billing', team: 'orders', topics: ['bills'], job: 'biller', reads: ['orders'], writes: ['bills'] }],
    ['artifact', { pipeline: 'billing', jarUri: 'https://a.example/b.jar', jarSha256: DIGEST }],
    ['team', { name: 'audit', namespace: 'audit' }],
    ['pipeline', { name: 'audits', team: 'audit', topics: ['audits'], job: 'auditor', reads: ['orders'], writes: ['audits'] }],
    ['artifact', { pipeline: 'audits', jarUri: 'https://a.example/c.jar', jarSha256: DIGEST }],
  ],
  example,
);

describe('sync and every command say how many running jobs would be redeployed', () => {
  it('none where nothing changes', () => {
    expect(said(example)).toEqual([]);
  });

  it.each<readonly [what: string, files: Repository]>([
    ['a size', placement('jobs: {order-processor: {parallelism: 2}}\n')],
    ['a restart', placement('jobs: {order-processor: {restartNonce: 1}}\n')],
    ["a setting of Flink's", placement('jobs: {order-processor: {flinkConfiguration: {a.b: c}}}\n')],
    [
      'what the pipeline declares, which the first environment follows',
      replaced(example, 'apps/order-processor/pipeline.yaml', 'maxParallelism: 120', 'maxParallelism: 240'),
    ],
    [
      "a person's operation on the spec",
      withFiles(example, {
        [`${PATCHES}/10-nonce.yaml`]: 'target: {kind: FlinkSessionJob, name: order-processor}\npatch:\n  - {op: add, path: /spec/restartNonce, value: 4}\n',
      }),
    ],
  ])('one, for %s', (_what, files) => {
    expect(said(files)).toEqual(REDEPLOYED);
  });

  it.each<readonly [what: string, files: Repository]>([
    ['a setting of the operator (R32)', placement('jobs: {order-processor: {flinkConfiguration: {kubernetes.operator.job.restart.failed: "true"}}}\n')],
    ['where to start from, without a nonce (R32, R33)', placement('jobs: {order-processor: {initialSavepointPath: "s3://my-bucket/dev/order-processor/x"}}\n')],
    ['another upgradeMode (R32)', replaced(example, 'apps/order-processor/pipeline.yaml', 'upgradeMode: savepoint', 'upgradeMode: last-state')],
    ['a topic', replaced(example, 'apps/order-processor/pipeline.yaml', 'compression.type: snappy', 'compression.type: zstd')],
    [
      "a person's annotation",
      withFiles(example, {
        [`${PATCHES}/10-note.yaml`]:
          'target: {kind: FlinkSessionJob, name: order-processor}\npatch:\n  - {op: add, path: /metadata/annotations/x, value: "1"}\n',
      }),
    ],
    [
      "a person's operation on something else",
      withFiles(example, {
        [`${PATCHES}/10-es.yaml`]:
          'target: {kind: ExternalSecret, name: flink-app-kafka-client}\npatch:\n  - {op: replace, path: /spec/refreshInterval, value: 5m}\n',
      }),
    ],
  ])('none, for %s', (_what, files) => {
    expect(planSync(memoryFiles(files)).changes).not.toEqual(planSync(memoryFiles(example)).changes);
    expect(said(files)).toEqual([]);
  });

  it('none for a job that is suspended: it does not run', () => {
    const suspended = synced(placement('jobs: {order-processor: {state: suspended}}\n'));
    expect(said(replaced(suspended, PLACEMENT, 'state: suspended', 'state: suspended, parallelism: 4'))).toEqual([]);
    expect(said(replaced(suspended, PLACEMENT, 'state: suspended', 'state: running'))).toEqual([]);
  });

  it('and which would be stopped: suspended, or switched off', () => {
    const stopped = ['1 running job would be stopped in dev: order-processor'];
    expect(said(placement('jobs: {order-processor: {state: suspended, parallelism: 9}}\n'))).toEqual(stopped);
    expect(said(placement('jobs: {order-processor: {enabled: false}}\n'))).toEqual(stopped);
  });

  it('all of a session cluster that restarts, whatever pipeline they are of, and no other (R36)', () => {
    const bigger = replaced(several, DEV, 'slots: 4', 'slots: 8');
    expect(textAt(several, DEV)).toContain('audit-session');
    expect(said(bigger)).toEqual(['2 running jobs would be redeployed in dev: biller, order-processor']);
  });

  it('all of it once, where the cluster and a job change', () => {
    const both = withFiles(replaced(several, DEV, 'slots: 4', 'slots: 8'), {
      [PLACEMENT]: 'release: next\njobs: {order-processor: {parallelism: 2}}\n',
      'environments/dev/pipelines/billing/placement.yaml': 'release: next\njobs: {biller: {state: suspended}}\n',
    });
    expect(said(both)).toEqual(['1 running job would be redeployed in dev: order-processor', '1 running job would be stopped in dev: biller']);
  });

  it('R26: and which the operator would refuse, since they would move to another session cluster', () => {
    const moved = (files: Repository) => said(files).map((line) => line.replace(/;.*/, ''));
    const first = '    a-session: {team: orders, flinkVersion: v2_2}\n';
    const added = replaced(example, DEV, '  sessions:\n', `  sessions:\n${first}`);
    const refused = ['1 job would move to another session cluster in dev, which the Flink operator refuses: order-processor'];
    expect(moved(added)).toEqual(refused);
    expect(moved(withFiles(added, { [PLACEMENT]: 'release: next\njobs: {order-processor: {session: orders-session}}\n' }))).toEqual([]);
    const suspended = synced(placement('jobs: {order-processor: {state: suspended}}\n'));
    expect(moved(replaced(suspended, DEV, '  sessions:\n', `  sessions:\n${first}`))).toEqual(refused);
  });

  describe('R26, R34: as another object a job starts without its state', () => {
    const application = (files: Repository): Repository =>
      withFiles(files, {
        [DEV]: textAt(files, DEV)
          .replace('mode: session', 'mode: application')
          .replace(/ {2}sessions:\n(?: {4}.*\n)+/, ''),
      });
    const elsewhere = (files: Repository): Repository => replaced(files, 'millrace.yaml', 'namespace: flink', 'namespace: elsewhere');
    const suspended = synced(placement('jobs: {order-processor: {state: suspended}}\n'));
    const from = 'initialSavepointPath: "s3://my-bucket/dev/order-processor/order-processor/savepoints/x"';

    it.each([
      ['in another namespace', elsewhere],
      ['as a cluster of its own', application],
    ])('%s', (_what, change) => {
      expect(said(change(example))).toEqual(ANEW);
      expect(said(change(suspended))).toEqual(ANEW);
      expect(said(change(replaced(suspended, PLACEMENT, 'state: suspended', 'state: running')))).toEqual(ANEW);
    });

    it.each([
      ['in another namespace', elsewhere],
      ['as a cluster of its own', application],
    ])('%s, but for one that stands still and goes on from a savepoint', (_what, change) => {
      expect(said(change(replaced(suspended, PLACEMENT, 'state: suspended', from)))).toEqual([]);
    });
  });

  it('by a command, before anything is written', () => {
    expect(ran(example, 'resize', { pipeline: 'order-processor', environment: 'dev', parallelism: 8 })).toEqual(REDEPLOYED);
    expect(ran(example, 'topic', { name: 'returns', pipeline: 'order-processor' })).toEqual([]);
    expect(ran(example, 'artifact', { pipeline: 'order-processor', jarUri: 'https://a.example/new.jar', jarSha256: DIGEST })).toEqual(REDEPLOYED);
  });

  it('none for a job that is made: it does not run yet', () => {
    const first = repository(EXAMPLE.slice(0, -1));
    expect(ran(first, 'artifact', { pipeline: 'order-processor', jarUri: 'https://a.example/new.jar', jarSha256: DIGEST })).toEqual([]);
  });

  it('of each environment in a line of its own', () => {
    const file = 'millrace.yaml';
    const staged = after(several, 'environment', { name: 'second', promotesFrom: 'dev', mode: 'session', storage: 's3://my-bucket/second' });
    expect(said(replaced(staged, file, 'namespace: flink', 'namespace: elsewhere'))).toEqual([
      ...anew('2 jobs would start anew in dev, without the state that they have: biller, order-processor'),
    ]);
  });

  it('with the first names where there are many', () => {
    const jobs = Array.from({ length: 11 }, (_, index) => ({ environment: 'prod', job: `job-${index}`, becomes: 'redeployed' as const }));
    expect(describeStopped(jobs)).toEqual(['11 running jobs would be redeployed in prod: job-0, job-1, job-2, job-3, job-4, job-5, job-6, job-7 and 3 more']);
  });
});

import { releaseFiles } from '@millrace/manifests';
import { describe, expect, it } from 'vitest';

import { isEmpty } from '../../changes.js';
import { memoryFiles } from '../../files/memory.js';
import { diskFiles } from '../../files/disk.js';
import { NO_HISTORY } from '../../history.js';
import { folderWith, refusalOf, replaced, textAt, withFiles } from '../../repository.fixture.js';
import { readWorkspace } from '../../read-workspace.js';
import { planCommand } from '../../run-command.js';
import { after, EXAMPLE, repository, type Repository } from '../../testing.js';
import { remove } from '../remove.js';

const containing = (text: string): unknown => expect.stringContaining(text);
const PIPELINE = 'apps/order-processor/pipeline.yaml';
const DEV = 'environments/dev/environment.yaml';
const PROD = 'environments/prod/environment.yaml';
const PLACEMENT = 'environments/dev/pipelines/order-processor/placement.yaml';

const example = repository([...EXAMPLE, ['topic', { name: 'returns', pipeline: 'order-processor', partitions: 3, config: ['retention.ms=604800000'] }]]);
const plan = (files: Repository, options: Readonly<Record<string, unknown>>) => planCommand(memoryFiles(files), remove, options);
const refused = (files: Repository, options: Readonly<Record<string, unknown>>) => refusalOf(() => plan(files, options));
const said = (files: Repository, options: Readonly<Record<string, unknown>>) => plan(files, options).notices.map(({ message }) => message);

const topic = { kind: 'topic', name: 'returns', pipeline: 'order-processor' };

describe('a topic', () => {
  it('R12: is let go of first, in the cluster and in the declaration, and says what it holds', () => {
    const letGo = after(example, 'remove', topic);
    expect(textAt(letGo, PIPELINE)).toContain('managed: false');
    expect(textAt(letGo, 'apps/order-processor/next/kafka/topic-returns.yaml')).toContain('strimzi.io/managed: "false"');
    expect(textAt(letGo, 'environments/dev/pipelines/order-processor/kafka/topic-returns.yaml')).not.toContain('Prune=confirm');
    expect(said(example, topic)).toEqual(['Strimzi lets go of the topic returns: it stays in Kafka as it is, 3 partitions, kept for 7 days']);
  });

  it('R12: goes from the declaration in a second step only', () => {
    const letGo = after(example, 'remove', topic);
    expect(refused(example, { ...topic, finish: true }).problems).toMatchObject([
      { file: PIPELINE, remedy: 'First step: millrace remove topic returns --pipeline order-processor' },
    ]);
    const gone = after(letGo, 'remove', { ...topic, finish: true });
    expect(textAt(gone, PIPELINE)).not.toContain('returns');
    expect(gone.has('apps/order-processor/next/kafka/topic-returns.yaml')).toBe(false);
    expect(textAt(gone, PIPELINE)).toBe(textAt(repository(EXAMPLE), PIPELINE));
  });

  it('R12: goes in a second step only when the branch that Argo CD follows has the first: merged at once, both delete it', () => {
    const letGo = after(example, 'remove', topic);
    const finish = (published: Repository | undefined) =>
      planCommand(memoryFiles(letGo), remove, { ...topic, finish: true }, undefined, {
        ...NO_HISTORY,
        published: (branch) => (branch === 'main' && published !== undefined ? memoryFiles(published) : undefined),
      });
    expect(refusalOf(() => finish(example))).toMatchObject({
      kind: 'refused',
      problems: [
        {
          file: PLACEMENT,
          message: 'on origin/main, as it was fetched last, dev runs next, in which Strimzi manages returns still: both steps at once delete the topic',
          remedy: 'Merge the first step into main, let Argo CD sync it, then git fetch and run this again.',
        },
      ],
    });
    const [said] = finish(letGo).notices;
    expect(said?.message).toBe('the topic returns stays in Kafka, and nobody declares it any more');
    // Not declared there: nobody deletes it.
    expect(finish(repository(EXAMPLE)).notices).toEqual([said]);
  });

  it.each([
    ['nobody knows', undefined],
    ['nobody can read', new Map([['millrace.yaml', 'apiVersion: [\n']])],
  ])('R12: is not said to stay where what Argo CD follows %s', (_what, published) => {
    const letGo = after(example, 'remove', topic);
    const history = { ...NO_HISTORY, published: () => (published === undefined ? undefined : memoryFiles(published)) };
    expect(planCommand(memoryFiles(letGo), remove, { ...topic, finish: true }, undefined, history).notices).toMatchObject([
      {
        message: 'nobody declares the topic returns any more; it stays in Kafka where Argo CD has synced before that Strimzi lets go of it',
        remedy: containing('together they delete the topic with its data'),
      },
    ]);
  });

  it('R12: with its data goes only where that is said, and says what is lost', () => {
    expect(said(example, { ...topic, deleteData: true })).toEqual([
      'Kafka deletes the topic returns with all its data, 3 partitions, kept for 7 days, where this is synced: now in dev, elsewhere with the next promotion',
    ]);
  });

  it('R12: that was let go of does not go with its data: Strimzi would delete nothing', () => {
    const letGo = after(example, 'remove', topic);
    const { kind, problems } = refused(letGo, { ...topic, deleteData: true });
    expect([kind, problems.map(({ file, message }) => ({ file, message }))]).toEqual([
      'refused',
      [{ file: PIPELINE, message: 'Strimzi has let go of the topic returns, so it deletes neither the topic nor its data when the declaration goes' }],
    ]);
    expect(problems[0]?.remedy).toContain('--finish');
  });

  it('goes in one way or the other, not in both', () => {
    expect(refused(example, { ...topic, finish: true, deleteData: true })).toMatchObject({
      kind: 'usage',
      problems: [{ message: '--finish and --delete-data exclude each other' }],
    });
  });

  it.each([
    ['604800000', 'kept for 7 days'],
    ['-1', 'kept for ever'],
    ['7d', 'kept for what retention.ms says, 7d'],
    ['1e3', 'kept for what retention.ms says, 1e3'],
  ])('says what it holds, whatever retention.ms is: %s', (retention, words) => {
    const declared = after(example, 'topic', { name: 'returns', pipeline: 'order-processor', config: [`retention.ms=${retention}`] });
    expect(said(declared, topic)[0]).toContain(words);
  });

  it('stays while somebody reads or writes it', () => {
    const error = refused(example, { ...topic, name: 'orders' });
    expect(error.exitCode).toBe(1);
    expect(error.problems).toMatchObject([{ file: PIPELINE, message: 'order-processor reads orders' }]);
  });

  it('takes its settings in the first environment along', () => {
    const placed = withFiles(example, { [PLACEMENT]: `${textAt(example, PLACEMENT)}topics:\n  returns: {partitions: 6}\n` });
    const gone = after(placed, 'remove', { ...topic, deleteData: true });
    expect(textAt(gone, PLACEMENT)).not.toContain('returns');
  });

  it('that is not there is gone already', () => {
    const { changes, notices } = plan(example, { ...topic, name: 'nobody' });
    expect(isEmpty(changes)).toBe(true);
    expect(notices).toMatchObject([{ message: 'there is no topic nobody in order-processor' }]);
  });

  it('is one of a pipeline', () => {
    const error = refused(example, { kind: 'topic', name: 'returns' });
    expect([error.exitCode, error.problems[0]?.message]).toEqual([2, 'remove topic needs --pipeline']);
  });
});

describe('an option that says nothing of the kind', () => {
  it.each([
    [{ ...topic, environment: 'prod' }, 'remove topic has no --environment', 'A topic is removed by --pipeline, --finish, --delete-data and nothing else.'],
    [
      { kind: 'job', name: 'x', pipeline: 'order-processor', deleteData: true },
      'remove job has no --delete-data',
      'A job is removed by --pipeline and nothing else.',
    ],
    [
      { kind: 'pipeline', name: 'order-processor', environment: 'dev', finish: true },
      'remove pipeline has no --environment, --finish',
      'A pipeline is removed by its name alone.',
    ],
  ])('is refused: %j', (options, message, remedy) => {
    expect(refused(example, options)).toMatchObject({ kind: 'usage', problems: [{ message, remedy }] });
  });
});

describe('a user', () => {
  it('stays while a job is it', () => {
    expect(refused(example, { kind: 'user', name: 'flink-app', pipeline: 'order-processor' }).problems).toMatchObject([
      { message: 'the job order-processor is the user flink-app' },
    ]);
  });

  it('says which clients lose their access', () => {
    const withClient = after(example, 'user', { name: 'console', pipeline: 'order-processor', reads: ['orders'] });
    const options = { kind: 'user', name: 'console', pipeline: 'order-processor' };
    expect(said(withClient, options)).toEqual(['clients that are console lose their password, and access to orders']);
    expect(textAt(after(withClient, 'remove', options), PIPELINE)).toBe(textAt(example, PIPELINE));
  });
});

describe('a job', () => {
  it('goes with its placement, and leaves its state and its source', () => {
    const placed = after(example, 'resize', { pipeline: 'order-processor', environment: 'dev', parallelism: 4 });
    const options = { kind: 'job', name: 'order-processor', pipeline: 'order-processor' };
    const gone = after(placed, 'remove', options);
    expect(textAt(gone, PLACEMENT)).not.toContain('parallelism');
    expect([...gone.keys()].filter((path) => path.startsWith('apps/order-processor/next/session'))).toEqual([]);
    expect(gone.has('apps/order-processor/job/pom.xml')).toBe(true);
    expect(said(placed, options)[0]).toContain('under s3://my-bucket/dev/order-processor/order-processor/savepoints');
  });
});

describe('a pipeline', () => {
  const placement = { kind: 'placement', name: 'order-processor', environment: 'dev' };

  it('R12: stops in an environment when its topics were let go of', () => {
    expect(refused(example, placement).problems.map(({ message }) => message)).toEqual([
      'dev would delete the topic orders with its data, 10 partitions, kept for 7 days',
      "dev would delete the topic order-totals with its data, 10 partitions, kept for Kafka's default time",
      'dev would delete the topic returns with its data, 3 partitions, kept for 7 days',
    ]);
  });

  it('goes when it runs nowhere, with its releases, and leaves the source of its jobs', () => {
    expect(refused(example, { kind: 'pipeline', name: 'order-processor' }).problems).toMatchObject([
      { file: PLACEMENT, message: 'order-processor runs in dev' },
    ]);
    const nowhere = after(example, 'remove', { ...placement, deleteData: true });
    expect([...nowhere.keys()].filter((path) => path.includes('pipelines/order-processor') || path.includes('pipeline.order-processor'))).toEqual([]);
    const gone = after(nowhere, 'remove', { kind: 'pipeline', name: 'order-processor' });
    const left = [...gone.keys()].filter((path) => path.startsWith('apps/order-processor/'));
    expect(left.every((path) => path.startsWith('apps/order-processor/job/'))).toBe(true);
    expect(left.length).toBeGreaterThan(0);
  });

  it('keeps what a person wrote beside it', () => {
    const patch = 'environments/dev/pipelines/order-processor/kafka/patches/labels.yaml';
    const patched = withFiles(example, { [patch]: 'apiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata: {name: orders, labels: {a: b}}\n' });
    expect(refused(patched, { ...placement, deleteData: true }).problems).toMatchObject([{ file: patch }]);
    const overlay = 'environments/dev/pipelines/order-processor/kafka/kustomization.yaml';
    const edited = withFiles(example, { [overlay]: `${textAt(example, overlay)}# mine\n` });
    expect(refused(edited, { ...placement, deleteData: true }).problems).toMatchObject([{ file: overlay, message: containing('a person wrote it') }]);
    const note = withFiles(example, { 'environments/dev/pipelines/order-processor/NOTES.md': 'mine\n' });
    expect(refused(note, { ...placement, deleteData: true }).problems).toMatchObject([{ file: 'environments/dev/pipelines/order-processor/NOTES.md' }]);
  });
});

describe('releases of a pipeline that goes', () => {
  const options = { kind: 'pipeline', name: 'order-processor' };
  const frozen = (version: string): string => `apps/order-processor/releases/${version}`;
  const nowhere = after(example, 'remove', { kind: 'placement', name: 'order-processor', environment: 'dev', deleteData: true });

  /** The files with a release, as a promotion cuts it. */
  function withRelease(files: Repository, version: string): Repository {
    const workspace = readWorkspace(memoryFiles(files));
    const next = workspace.pipelines.get('order-processor')?.next;
    if (next === undefined) throw new Error('there is no order-processor');
    const { files: texts, layout, checksums } = releaseFiles(workspace, next, version);
    return withFiles(files, {
      ...Object.fromEntries([...texts].map(([path, text]) => [`${frozen(version)}/${path}`, text])),
      [`${frozen(version)}/release.yaml`]: `release: ${version}\npipeline: order-processor\nlayout: ${layout}\nfiles: ${JSON.stringify(checksums)}\n`,
    });
  }
  const released = withRelease(withRelease(nowhere, '1.0.0'), '1.1.0');

  it('go with it, every one of them, from a disk as from memory', () => {
    const { changes } = plan(released, options);
    expect(changes.delete.map(({ path }) => path)).toEqual(
      expect.arrayContaining([...released.keys()].filter((path) => path.startsWith('apps/order-processor/releases/'))),
    );
    using folder = folderWith(released);
    expect(planCommand(diskFiles(folder.root), remove, options).changes).toEqual(changes);
    const checkedOut = withFiles(released, {
      [`${frozen('1.0.0')}/pipeline.yaml`]: textAt(released, `${frozen('1.0.0')}/pipeline.yaml`).replaceAll('\n', '\r\n'),
    });
    expect(plan(checkedOut, options).changes.delete).toHaveLength(changes.delete.length);
  });

  it.each([
    ['beside a release', 'apps/order-processor/releases/NOTES.md', 'mine\n'],
    ['in a release', `${frozen('1.0.0')}/NOTES.md`, 'mine\n'],
    ['in place of a frozen file', `${frozen('1.1.0')}/pipeline.yaml`, 'pipeline: order-processor\nteam: orders # mine\n'],
    ['as a release without a record', `${frozen('2.0.0')}/pipeline.yaml`, 'pipeline: order-processor\nteam: orders\n'],
  ])('take nothing along that a person wrote %s', (_what, path, text) => {
    expect(refused(withFiles(released, { [path]: text }), options)).toMatchObject({ kind: 'refused', problems: [{ file: path }] });
  });
});

describe('what others stand on', () => {
  it.each([
    [
      'a session cluster with jobs',
      { kind: 'session', name: 'orders-session', environment: 'dev' },
      'the job order-processor of order-processor is in orders-session, and the Flink operator moves no job to another session cluster',
    ],
    [
      'a Kafka cluster with topics',
      { kind: 'kafka-cluster', name: 'kafka-cluster', environment: 'dev' },
      'order-processor has topics or users in kafka-cluster',
    ],
    ['a team with a pipeline', { kind: 'team', name: 'orders' }, 'the pipeline order-processor belongs to orders'],
    ['an environment with a pipeline', { kind: 'environment', name: 'dev' }, 'order-processor runs in dev'],
  ])('stays: %s', (_what, options, message) => {
    expect(refused(example, options).problems.map((problem) => problem.message)).toContain(message);
  });

  const emptied = after(example, 'remove', { kind: 'placement', name: 'order-processor', environment: 'dev', deleteData: true });

  it('goes when it is free: a Kafka cluster, which leaves its volumes, then its environment', () => {
    const cluster = { kind: 'kafka-cluster', name: 'kafka-cluster', environment: 'prod' };
    expect(said(emptied, cluster)[0]).toBe('the brokers of kafka-cluster stop; their volumes stay in the namespace kafka: 3 of 20Gi, 3 of 100Gi');
    const without = after(emptied, 'remove', cluster);
    expect([...without.keys()].filter((path) => path.startsWith('environments/prod/kafka/'))).toEqual([]);
    expect(textAt(without, PROD)).toContain('argocd:\n  leaving:\n    kafkaClusters:\n      kafka-cluster: kafka\n');
    expect(textAt(without, 'environments/prod/argocd/platform/project-platform.yaml')).toContain('namespace: kafka\n');
    expect(refused(emptied, { ...cluster, finish: true }).problems).toMatchObject([
      { file: PROD, remedy: 'First step: millrace remove kafka-cluster kafka-cluster --environment prod' },
    ]);
    const finished = after(without, 'remove', { ...cluster, finish: true });
    expect(textAt(finished, PROD)).not.toContain('leaving');
    expect(textAt(finished, 'environments/prod/argocd/platform/project-platform.yaml')).not.toContain('namespace: kafka\n');
    const gone = after(without, 'remove', { kind: 'environment', name: 'prod' });
    expect([...gone.keys()].filter((path) => path.startsWith('environments/prod/'))).toEqual([]);
  });

  it('is named as pipelines name it: a Kafka cluster, and by its resource where that is the only one', () => {
    const further = { environment: 'prod', storageClass: 'fast-ssd', storageSize: '1Ti' };
    const twins = after(emptied, 'kafka-cluster', { ...further, name: 'kafka-cluster', as: 'analytics' });
    const crossed = after(twins, 'kafka-cluster', { ...further, name: 'analytics', as: 'events' });
    const removal = (name: string) => ({ kind: 'kafka-cluster', name, environment: 'prod' });
    const left = (name: string) =>
      Object.keys(readWorkspace(memoryFiles(after(crossed, 'remove', removal(name)))).environments.get('prod')?.value.kafkaClusters ?? {});
    expect(left('analytics')).toEqual(['events']);
    expect(left('events')).toEqual(['analytics']);
    expect(textAt(after(crossed, 'remove', removal('main')), 'environments/prod/environment.yaml')).not.toMatch(/^kafka:/m);
    expect(refused(crossed, removal('kafka-cluster'))).toMatchObject({
      kind: 'usage',
      problems: [{ message: 'prod has 2 Kafka clusters whose resource is kafka-cluster', remedy: 'Say what pipelines call it: main or analytics.' }],
    });
    expect(said(crossed, removal('nobody'))).toEqual(['there is no Kafka cluster nobody in prod']);
    expect(refused(crossed, { kind: 'environment', name: 'prod' }).problems.map(({ remedy }) => remedy)).toContain(
      'Remove it first: millrace remove kafka-cluster analytics --environment prod',
    );
  });

  it('goes when it is free: a session cluster, a team', () => {
    const nobody = after(after(emptied, 'remove', { kind: 'pipeline', name: 'order-processor' }), 'remove', {
      kind: 'session',
      name: 'orders-session',
      environment: 'dev',
    });
    const identified = replaced(nobody, DEV, 'flink:\n', 'flink:\n  namespaces: {orders: orders-dev}\n');
    const gone = after(identified, 'remove', { kind: 'team', name: 'orders' });
    expect(textAt(gone, 'millrace.yaml')).not.toContain('orders');
    expect(textAt(gone, DEV)).toContain('argocd:\n  leaving:\n    teams:\n      orders: orders-dev\n');
    expect(textAt(gone, 'environments/dev/argocd/platform/project-orders-flink.yaml')).toContain('namespace: orders-dev\n');
    const finished = after(gone, 'remove', { kind: 'team', name: 'orders', finish: true });
    expect(textAt(finished, DEV)).not.toContain('orders');
    expect(textAt(finished, PROD)).not.toContain('orders');
    expect([...finished.keys()].filter((path) => path.includes('project-orders'))).toEqual([]);
  });
});

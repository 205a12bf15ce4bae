import { describe, expect, it } from 'vitest';

import { refusalOf, replaced, textAt } from '../repository.fixture.js';
import { after, EXAMPLE, repository, type Repository } from '../testing.js';

const example = repository([...EXAMPLE, ['team', { name: 'billing', namespace: 'billing' }]]);
const PIPELINE = 'apps/order-processor/pipeline.yaml';
const DEV = 'environments/dev/environment.yaml';
const PLACEMENT = 'environments/dev/pipelines/order-processor/placement.yaml';
const JOB = 'environments/dev/pipelines/order-processor/flink/job-order-processor.yaml';

const run = (command: string, options: Readonly<Record<string, unknown>>, files: Repository = example) => after(files, command, options);
const refused = (command: string, options: Readonly<Record<string, unknown>>, files: Repository = example) => {
  const { kind, problems } = refusalOf(() => run(command, options, files));
  return { kind, ...problems[0] };
};

describe('session', () => {
  it.each(['aa-first', 'zz-last'])('adds %s with its credentials, and the jobs that are deployed stay where they are (R26)', (name) => {
    const files = run('session', { name, environment: 'dev', team: 'orders', slots: 8 });
    expect(textAt(files, `environments/dev/flink/session-${name}.yaml`)).toContain('taskmanager.numberOfTaskSlots: "8"');
    expect(files.has(`environments/dev/flink/credentials-of-${name}.yaml`)).toBe(true);
    expect(files.get(JOB)).toBe(example.get(JOB));
    expect(textAt(files, PLACEMENT).includes('session: orders-session')).toBe(name === 'aa-first');
  });

  it('is what a job of another Flink version asks for', () => {
    const job = { name: 'auditor', pipeline: 'order-processor', user: 'flink-app', reads: ['orders'], flinkVersion: 'v1_20' };
    const artifact = { pipeline: 'order-processor', jobs: ['auditor'], jarUri: 'https://a.example/b.jar', jarSha256: 'ab'.repeat(32) };
    const files = run('flink-job', job);
    const { remedy, file, position } = refused('artifact', artifact, files);
    expect(file).toBe(PIPELINE);
    expect(textAt(run('flink-job', job), PIPELINE).split('\n')[(position?.line ?? 0) - 1]).toContain('flinkVersion: v1_20');
    expect(remedy).toBe('Add one: millrace session orders-v1-20 --environment dev --team orders --flink-version v1_20');
    const there = run('artifact', artifact, run('session', { name: 'orders-v1-20', environment: 'dev', team: 'orders', flinkVersion: 'v1_20' }, files));
    expect(textAt(there, JOB.replace('order-processor.yaml', 'auditor.yaml'))).toContain('deploymentName: orders-v1-20');
  });

  it('says on which Flink a new job of its team runs, the newest of several', () => {
    const platform = repository([...EXAMPLE.slice(0, 8), ['session', { name: 'orders-session', environment: 'dev', flinkVersion: 'v2_1' }]]);
    const pipeline = { name: 'order-processor', team: 'orders', topics: ['orders'], job: 'order-processor', reads: ['orders'] };
    expect(textAt(run('pipeline', pipeline, platform), PIPELINE)).toContain('flinkVersion: v2_1');
    const two = run('session', { name: 'old', environment: 'dev', team: 'orders', flinkVersion: 'v1_20' }, platform);
    expect(textAt(run('pipeline', pipeline, two), PIPELINE)).toContain('flinkVersion: v2_1');
  });

  it('keeps what no flag names', () => {
    const files = run('session', { name: 'orders-session', environment: 'dev', slots: 6 });
    expect(textAt(files, DEV)).toBe(textAt(example, DEV).replace('slots: 4', 'slots: 6'));
  });

  it('refuses what cannot be', () => {
    expect(refused('session', { name: 'orders-session', environment: 'prod', team: 'orders' })).toMatchObject({
      kind: 'refused',
      message: 'prod runs every job in a cluster of its own',
    });
    expect(refused('session', { name: 'orders-session', environment: 'dev', team: 'billing' })).toMatchObject({ kind: 'refused', file: DEV });
    expect(refused('session', { name: 'new', environment: 'dev' })).toMatchObject({ kind: 'usage', remedy: 'Say whose: --team <team>' });
    expect(refused('session', { name: 'new', environment: 'dev', team: 'nobody' })).toMatchObject({ kind: 'refused', message: 'there is no team nobody' });
    expect(refused('session', { name: 'new', environment: 'nowhere', team: 'orders' })).toMatchObject({ message: 'there is no environment nowhere' });
    expect(refused('session', { name: 'order-processor', environment: 'dev', team: 'orders' }).message).toContain('is there twice');
    // Its job is of the version that it had.
    expect(refused('session', { name: 'orders-session', environment: 'dev', flinkVersion: 'v1_20' }).message).toContain(
      'no session cluster of team orders with Flink v2_2',
    );
  });
});

describe('resize', () => {
  it('turns the autoscaler on, and off again by hand', () => {
    const files = run('resize', { pipeline: 'order-processor', environment: 'dev', autoscaleMax: 12 });
    expect(textAt(files, PLACEMENT)).toContain('    autoscaler:\n      maxParallelism: 12\n');
    expect(textAt(files, JOB)).toContain('job.autoscaler.vertex.max-parallelism: "12"');
  });

  it('refuses limits that have no upper end, and sizes that a job in a session does not have', () => {
    expect(refused('resize', { pipeline: 'order-processor', environment: 'dev', autoscaleMin: 2 })).toMatchObject({
      kind: 'usage',
      remedy: 'Say how far up it may go: --autoscale-max',
    });
    expect(refused('resize', { pipeline: 'order-processor', environment: 'dev', taskManagerMemory: '4096m' })).toMatchObject({
      kind: 'refused',
      file: PLACEMENT,
      message: 'dev runs jobs in session clusters, whose pods no job owns: taskManager has no effect',
      remedy: 'Remove it, and size the cluster: millrace session orders-session --environment dev --slots <slots> --task-manager-memory <memory>',
    });
  });

  it('names the session cluster of a job that is not deployed, and moves no other (R26)', () => {
    const files = run('session', { name: 'orders-large', environment: 'dev', team: 'orders' });
    const move = { pipeline: 'order-processor', environment: 'dev', session: 'orders-large' };
    expect(refused('resize', move, files)).toMatchObject({ kind: 'refused', file: PLACEMENT });
    const off = after(replaced(files, PLACEMENT, 'session: orders-session', 'session: orders-session\n    enabled: false'), 'resize', move);
    const on = run('resize', move, replaced(off, PLACEMENT, 'enabled: false', 'enabled: true'));
    expect(textAt(on, JOB)).toContain('deploymentName: orders-large');
    expect(textAt(on, JOB.replace('job-order-processor', 'credentials-flink-app'))).toContain('name: orders-large-credentials');
  });
});

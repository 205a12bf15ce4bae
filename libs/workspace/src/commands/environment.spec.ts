import { describe, expect, it } from 'vitest';

import { memoryFiles } from '../files/memory.js';
import { refusalOf, textAt, withFiles } from '../repository.fixture.js';
import { planCommand } from '../run-command.js';
import { after, EXAMPLE, repository, type Repository } from '../testing.js';
import { environment } from './environment.js';

const containing = (text: string): unknown => expect.stringContaining(text);
const PROD = 'environments/prod/environment.yaml';
const example = repository(EXAMPLE);

function refused(options: Readonly<Record<string, unknown>>, files: Repository = example) {
  const { kind, problems } = refusalOf(() => after(files, 'environment', options));
  return { kind, message: problems[0]?.message, remedy: problems[0]?.remedy };
}

describe('environment', () => {
  it('asks a new one for its mode and storage, and one that is there for nothing', () => {
    expect(refused({ name: 'qa', promotesFrom: 'dev' })).toMatchObject({
      kind: 'usage',
      message: 'there is no environment qa: a new one needs --mode and --storage',
    });
    expect(refused({ name: 'qa', promotesFrom: 'dev', mode: 'session' }).message).toBe('there is no environment qa: a new one needs --storage');
    const now = after(example, 'environment', { name: 'prod', server: 'https://prod.acme.example:6443' });
    expect(textAt(now, PROD)).toBe(textAt(example, PROD).replace('https://kubernetes.default.svc', 'https://prod.acme.example:6443'));
  });

  it('R21: pins Kafka where it moves to another tested set, and says so as platform does', () => {
    const old = withFiles(example, { [PROD]: textAt(example, PROD).replace('platform: "2026.11"', 'platform: "2026.08"') });
    const moved = planCommand(memoryFiles(old), environment, { name: 'prod', platform: '2026.11' });
    expect(moved.notices).toMatchObject([{ file: PROD, message: containing('kafka.version is pinned to 4.3.0') }]);
    expect(textAt(after(old, 'environment', { name: 'prod', platform: '2026.11' }), PROD)).toBe(
      textAt(after(old, 'platform', { name: '2026.11', environment: 'prod' }), PROD),
    );
  });

  it('says where --flink-version would change nothing', () => {
    expect(refused({ name: 'dev', flinkVersion: 'v1_20' })).toMatchObject({
      kind: 'usage',
      message: 'no session cluster of dev is new: --flink-version changes none that is there',
      remedy: 'Add one: millrace session <name> --environment dev --team <team> --flink-version v1_20',
    });
    expect(refused({ name: 'prod', flinkVersion: 'v1_20' })).toMatchObject({
      kind: 'usage',
      message: containing('prod is of mode application'),
    });
  });

  describe('that shares a cluster with another', () => {
    const named = after(example, 'environment', { name: 'prod', cluster: 'eu-1' });
    const test = { name: 'test', promotesFrom: 'dev', mode: 'application', storage: 's3://my-bucket/test', cluster: 'eu-1', operators: 'provided' };
    const shared = after(named, 'environment', { ...test, namespace: ['orders=flink-test'] });
    const kafka = { name: 'kafka-cluster', environment: 'test', storageClass: 'fast', storageSize: '1Ti' };

    it('is refused by words that make it, in one command each', () => {
      expect(refused({ ...test, operators: 'managed' }, named)).toMatchObject({
        message: 'test and prod share the cluster eu-1 and the namespace flink',
        remedy: containing('add --namespace orders=flink-test to millrace environment test;'),
      });
      expect(refusalOf(() => after(shared, 'kafka-cluster', kafka)).problems[0]?.remedy).toContain(
        'add --namespace kafka-test to millrace kafka-cluster kafka-cluster --environment test.',
      );
      const whole = after(shared, 'kafka-cluster', { ...kafka, namespace: 'kafka-test' });
      const team = { name: 'risk', namespace: 'risk' };
      expect(refusalOf(() => after(whole, 'team', team)).problems[0]?.remedy).toContain('--namespace-in test=risk-test to millrace team risk');
      const now = after(whole, 'team', { ...team, namespaceIn: ['test=risk-test'] });
      expect(textAt(now, 'environments/test/environment.yaml')).toContain('  namespaces:\n    orders: flink-test\n    risk: risk-test\n');
    });

    it('is the one to give way, where pipelines run in the other', () => {
      const dev = after(example, 'environment', { name: 'dev', cluster: 'eu-1' });
      expect(refused({ ...test, name: 'alpha', operators: 'managed' }, dev).remedy).toContain('to millrace environment alpha;');
      expect(refused({ ...test, name: 'zeta', operators: 'managed' }, dev).remedy).toContain('to millrace environment zeta;');
    });

    it('keeps the namespaces that jobs run in, whoever would change them', () => {
      const moved = { file: 'environments/dev/environment.yaml', message: containing('order-processor in dev of the team orders is in the namespace flink') };
      expect(refusalOf(() => after(example, 'environment', { name: 'dev', namespace: ['orders=elsewhere'] })).problems).toMatchObject([moved]);
      expect(refusalOf(() => after(example, 'team', { name: 'orders', namespace: 'flink', namespaceIn: ['dev=elsewhere'] })).problems).toMatchObject([moved]);
      // Where nothing runs one may change, and one that is said to stay does.
      const apart = after(example, 'team', { name: 'orders', namespace: 'streams', namespaceIn: ['dev=flink'] });
      expect(textAt(apart, 'millrace.yaml')).toContain('namespace: streams');
      expect(textAt(apart, 'environments/dev/environment.yaml')).toContain('  namespaces:\n    orders: flink\n');
    });

    it('has namespaces of teams that there are', () => {
      expect(refused({ name: 'dev', namespace: ['nobody=flink'] }).message).toBe('there is no team nobody');
      expect(refusalOf(() => after(example, 'team', { name: 'orders', namespace: 'flink', namespaceIn: ['nowhere=flink'] })).problems[0]?.message).toBe(
        'there is no environment nowhere',
      );
    });
  });
});

import { describe, expect, it } from 'vitest';

import { refusalOf, replaced, textAt } from '../../repository.fixture.js';
import { after, EXAMPLE, repository, type Repository } from '../../testing.js';

const containing = (text: string): unknown => expect.stringContaining(text);
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const PROD = 'environments/prod/environment.yaml';
const DEV = 'environments/dev/environment.yaml';
const PIPELINE = 'apps/order-processor/pipeline.yaml';
const example = repository([...EXAMPLE, ['team', { name: 'billing', namespace: 'billing' }]]);
const prod = { name: 'kafka-cluster', environment: 'prod' };

function refused(files: Repository, command: string, options: Readonly<Record<string, unknown>>) {
  const { kind, problems } = refusalOf(() => after(files, command, options));
  return { kind, problems };
}

/** The line at which a problem is, without what surrounds it. */
function lineOf(files: Repository, { file, position }: { readonly file?: string; readonly position?: { readonly line: number } }): string {
  return (textAt(files, file ?? '').split('\n')[(position?.line ?? 0) - 1] ?? '').trim();
}

describe('a Kafka cluster that is there', () => {
  const further = after(example, 'kafka-cluster', { ...prod, name: 'events', as: 'analytics', brokers: 3, storageClass: 'fast-ssd', storageSize: '1Ti' });
  const withCruiseControl = after(example, 'kafka-cluster', { ...prod, cruiseControl: true, brokers: 5 });

  it.each<readonly [what: string, flags: Readonly<Record<string, unknown>>, at: string, message: RegExp, remedy: RegExp]>([
    [
      'its name',
      { name: 'analytics' },
      'cluster: kafka-cluster',
      /called kafka-cluster; under the name analytics/,
      /--as analytics\. .*write kafka\.cluster by hand/,
    ],
    ['its namespace', { namespace: 'elsewhere' }, 'namespace: kafka', /in the namespace kafka;/, /a cluster beside it \(--as <name>\)/],
    [
      'R16: the class of its volumes',
      { storageClass: 'slow' },
      'class: fast-ssd',
      /of the class fast-ssd; Strimzi moves none/,
      /\(JBOD\).* a cluster beside it/,
    ],
    ['R16: a smaller volume', { storageSize: '1Gi' }, 'size: 100Gi', /has 100Gi and cannot shrink to 1Gi/, /Keep the size, or raise it/],
    ['R16: a smaller volume, in another unit', { storageSize: '99G' }, 'size: 100Gi', /has 100Gi and cannot shrink to 99G/, /or raise it/],
    ['R16: a smaller volume of a controller', { controllerStorageSize: '10Gi' }, 'size: 20Gi', /has 20Gi and cannot shrink to 10Gi/, /or raise it/],
    ['R20: fewer brokers', { brokers: 2 }, 'replicas: 3', /has 3 brokers; Strimzi stops none that still has replicas/, /--cruise-control/],
    [
      'R4: another number of controllers',
      { controllers: 5 },
      'replicas: 3',
      /has 3 controllers; Strimzi changes neither/,
      /write kafka\.controllers and kafka\.brokers/,
    ],
    ['R5: older metadata', { metadataVersion: '4.2-IV1' }, 'cluster: kafka-cluster', /has the version 4\.3-IV0 and cannot go back to 4\.2-IV1/, /or raise it/],
    [
      'R5: older metadata, by a Kafka whose own it is',
      { kafkaVersion: '4.2.1' },
      'cluster: kafka-cluster',
      /cannot go back to 4\.2-IV1/,
      /an older Kafka than 4\.3 does not/,
    ],
    ['R10: the replicas of its topics', { topicReplicas: 2 }, 'replicas: 3', /factor of 3; .*with Cruise Control only/, /--cruise-control/],
  ])('keeps %s', (_what, flags, at, message, remedy) => {
    const { kind, problems } = refused(example, 'kafka-cluster', { ...prod, ...flags });
    expect({ kind, count: problems.length, at: lineOf(example, problems[0] ?? {}) }).toEqual({ kind: 'refused', count: 1, at });
    expect(problems[0]).toMatchObject({ file: PROD, message: matching(message), remedy: matching(remedy) });
  });

  it('names all at once that it keeps, by the place of a further cluster', () => {
    const flags = { environment: 'prod', as: 'analytics', name: 'others', namespace: 'elsewhere', brokers: 5 };
    const { problems } = refused(further, 'kafka-cluster', flags);
    expect(problems.map((problem) => lineOf(further, problem))).toEqual(['cluster: events', 'namespace: kafka-analytics', 'replicas: 3']);
    expect(problems.at(-1)?.remedy).toContain('write kafkaClusters.analytics.controllers and kafkaClusters.analytics.brokers by hand');
  });

  it('grows: larger volumes, more brokers, and topics keep their replicas', () => {
    const grown = after(example, 'kafka-cluster', { ...prod, storageSize: '1Ti', controllerStorageSize: '30Gi', brokers: 5, storageClass: 'fast-ssd' });
    expect(textAt(grown, PROD)).toBe(
      textAt(example, PROD)
        .replace('size: 100Gi', 'size: 1Ti')
        .replace('size: 20Gi', 'size: 30Gi')
        .replace('brokers:\n    replicas: 3', 'brokers:\n    replicas: 5'),
    );
    const dev = after(example, 'kafka-cluster', { name: 'kafka-cluster', environment: 'dev', storageSize: '20Gi' });
    expect(textAt(dev, DEV)).toBe(textAt(example, DEV).replace('size: 10Gi', 'size: 20Gi'));
  });

  it('R10, R20: with Cruise Control it loses brokers, and its topics change their replicas', () => {
    const fewer = after(withCruiseControl, 'kafka-cluster', { ...prod, brokers: 4, topicReplicas: 2 });
    expect(textAt(fewer, PROD)).toContain('brokers:\n    replicas: 4');
    expect(refused(withCruiseControl, 'kafka-cluster', { ...prod, brokers: 4, cruiseControl: false }).problems[0]?.message).toContain('has 5 brokers');
    const unmoved = replaced(withCruiseControl, PROD, 'cruiseControl: {}', 'cruiseControl: {autoRebalance: false}');
    expect(refused(unmoved, 'kafka-cluster', { ...prod, brokers: 4 }).problems[0]?.message).toContain('has 5 brokers');
  });

  it('keeps the class that a person gave its controllers', () => {
    const mine = replaced(example, PROD, 'class: fast-ssd', 'class: tiny-ssd');
    expect(after(mine, 'kafka-cluster', { ...prod, storageClass: 'fast-ssd' }).get(PROD)).toBe(mine.get(PROD));
  });
});

describe('what the state of jobs stands on', () => {
  it('stays: the namespace of a team whose pipelines run in it', () => {
    const { kind, problems } = refused(example, 'team', { name: 'orders', namespace: 'elsewhere' });
    expect([kind, lineOf(example, problems[0] ?? {})]).toEqual(['refused', 'namespace: flink']);
    expect(problems).toMatchObject([
      {
        file: 'millrace.yaml',
        message: containing('order-processor in dev'),
        remedy: containing('initialSavepointPath'),
      },
    ]);
  });

  it('moves where nothing stands on it: of a team that runs elsewhere, or nowhere', () => {
    const own = replaced(example, DEV, 'flink:\n', 'flink:\n  namespaces: {orders: flink-dev}\n');
    expect(textAt(after(own, 'team', { name: 'orders', namespace: 'elsewhere' }), 'millrace.yaml')).toContain('namespace: elsewhere');
    expect(textAt(after(example, 'team', { name: 'billing', namespace: 'bills' }), 'millrace.yaml')).toContain('namespace: bills');
  });

  it('stays: the team of a pipeline that runs', () => {
    const { kind, problems } = refused(example, 'pipeline', { name: 'order-processor', team: 'billing' });
    expect([kind, lineOf(example, problems[0] ?? {})]).toEqual(['refused', 'team: orders']);
    expect(problems).toMatchObject([
      {
        file: PIPELINE,
        message: containing('in whose namespace it runs in dev'),
        remedy: containing('pipeline of billing beside it'),
      },
    ]);
    const nowhere = after(example, 'remove', { kind: 'placement', name: 'order-processor', environment: 'dev', deleteData: true });
    expect(textAt(after(nowhere, 'pipeline', { name: 'order-processor', team: 'billing' }), PIPELINE)).toContain('team: billing');
  });

  it('R34: stays: the mode of an environment in which something runs', () => {
    const { kind, problems } = refused(example, 'environment', { name: 'dev', mode: 'application' });
    expect([kind, lineOf(example, problems[0] ?? {})]).toEqual(['refused', 'mode: session']);
    expect(problems[0]).toMatchObject({ file: DEV, message: containing('order-processor runs in dev, which is of mode session') });
    expect(textAt(after(example, 'environment', { name: 'prod', mode: 'session' }), PROD)).toContain('mode: session');
  });

  it('stays: the cluster of an environment in which something runs', () => {
    const server = 'https://other.acme.example:6443';
    const { kind, problems } = refused(example, 'environment', { name: 'dev', server });
    expect([kind, lineOf(example, problems[0] ?? {})]).toEqual(['refused', 'server: https://kubernetes.default.svc']);
    expect(problems).toMatchObject([{ file: DEV, remedy: containing('the same cluster under another address') }]);
    expect(textAt(after(example, 'environment', { name: 'prod', server }), PROD)).toContain(server);
  });

  it('R84: stays: the maximum parallelism of a job that is deployed, by either command', () => {
    const job = { user: 'flink-app', maxParallelism: 240 };
    for (const [command, options] of [
      ['flink-job', { ...job, name: 'order-processor', pipeline: 'order-processor' }],
      ['pipeline', { ...job, name: 'order-processor', team: 'orders', job: 'order-processor' }],
    ] as const) {
      const { kind, problems } = refused(example, command, options);
      expect([kind, lineOf(example, problems[0] ?? {})]).toEqual(['refused', 'maxParallelism: 120']);
      expect(problems[0]).toMatchObject({ file: PIPELINE, remedy: containing('a job of another name') });
    }
    const unbuilt = repository(EXAMPLE.slice(0, -1));
    expect(textAt(after(unbuilt, 'flink-job', { ...job, name: 'order-processor', pipeline: 'order-processor' }), PIPELINE)).toContain('maxParallelism: 240');
  });
});

describe("Argo CD's namespace", () => {
  const init = { repository: 'https://git.acme.example/platform/streaming.git', argocdNamespace: 'gitops' };

  it('stays where environments have Applications in it', () => {
    const { kind, problems } = refused(example, 'init', init);
    expect(kind).toBe('refused');
    expect(problems).toMatchObject([
      {
        file: 'millrace.yaml',
        message: containing('the Applications of dev, prod, staging are in the namespace argocd'),
        remedy: containing('--cascade=false'),
      },
    ]);
    expect(after(example, 'init', { ...init, argocdNamespace: 'argocd' }).get('environments/dev/environment.yaml')).toBe(textAt(example, DEV));
  });

  it('is chosen before the first environment, also a second time', () => {
    const begun = repository([['init', init]]);
    expect(textAt(begun, 'millrace.yaml')).toContain('namespace: gitops');
    expect(textAt(after(begun, 'init', { ...init, argocdNamespace: 'argo' }), 'millrace.yaml')).toContain('namespace: argo\n');
  });
});

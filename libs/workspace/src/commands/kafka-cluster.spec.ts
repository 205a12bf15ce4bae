import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { refusalOf, replaced, textAt } from '../repository.fixture.js';
import { after, EXAMPLE, repository, synced, type Repository } from '../testing.js';

const PROD = 'environments/prod/environment.yaml';
const example = repository(EXAMPLE.slice(0, 8));
const prod = { name: 'kafka-cluster', environment: 'prod', storageClass: 'fast-ssd', storageSize: '100Gi' };

const declared = (files: Repository): unknown => parse(textAt(files, PROD));
const lines = (before: Repository, now: Repository) =>
  textAt(now, PROD)
    .split('\n')
    .filter((line) => !textAt(before, PROD).split('\n').includes(line));

describe('kafka-cluster', () => {
  it('R5, R17, R18, R20: writes what its flags name, and nothing else', () => {
    const now = after(example, 'kafka-cluster', {
      ...prod,
      memory: '8Gi',
      cpu: '2',
      heap: '4Gi',
      rack: 'topology.kubernetes.io/zone',
      cruiseControl: true,
      maintenanceWindow: '* * 2-4 ? * SUN *',
      kafkaVersion: '4.3.0',
      metadataVersion: '4.3-IV0',
      topicConfig: ['retention.ms=604800000'],
    });
    expect(declared(now)).toMatchObject({
      kafka: {
        version: '4.3.0',
        metadataVersion: '4.3-IV0',
        rack: 'topology.kubernetes.io/zone',
        brokers: { replicas: 3, resources: { memory: '8Gi', cpu: '2' }, jvm: { heap: '4Gi' } },
        topicDefaults: { replicas: 3, config: { 'retention.ms': '604800000' } },
        cruiseControl: {},
        maintenanceTimeWindows: ['* * 2-4 ? * SUN *'],
      },
    });
    expect(after(now, 'kafka-cluster', prod).get(PROD)).toBe(now.get(PROD));
  });

  it('adds a maintenance window to those that are there', () => {
    const one = after(example, 'kafka-cluster', { ...prod, maintenanceWindow: '* * 2-4 ? * SUN *' });
    const two = after(one, 'kafka-cluster', { ...prod, maintenanceWindow: '* * 2-4 ? * WED *' });
    expect(declared(two)).toMatchObject({ kafka: { maintenanceTimeWindows: ['* * 2-4 ? * SUN *', '* * 2-4 ? * WED *'] } });
    expect(after(two, 'kafka-cluster', { ...prod, maintenanceWindow: '* * 2-4 ? * SUN *' }).get(PROD)).toBe(two.get(PROD));
  });

  it('keeps what a person said of Cruise Control, and removes it when told to', () => {
    const mine = replaced(example, PROD, 'kafka:\n', 'kafka:\n  cruiseControl: {autoRebalance: false} # by hand\n');
    expect(lines(mine, after(mine, 'kafka-cluster', { ...prod, cruiseControl: true }))).toEqual([]);
    expect(textAt(after(mine, 'kafka-cluster', { ...prod, cruiseControl: false }), PROD)).not.toContain('cruiseControl');
  });

  it('R10: more brokers change no topic that is there, and another number of copies needs Cruise Control', () => {
    const more = after(example, 'kafka-cluster', { ...prod, controllers: 3, brokers: 6 });
    expect(declared(more)).toMatchObject({ kafka: { brokers: { replicas: 6 }, topicDefaults: { replicas: 3 } } });
    expect(() => after(example, 'kafka-cluster', { ...prod, topicReplicas: 2 })).toThrow(/Cruise Control only \(R10\)/);
    expect(declared(after(example, 'kafka-cluster', { ...prod, topicReplicas: 2, cruiseControl: true }))).toMatchObject({
      kafka: { topicDefaults: { replicas: 2 } },
    });
  });

  it.each([
    ['larger volumes', { storageSize: '200Gi' }, ['      size: 200Gi']],
    ['a setting of topics', { topicConfig: ['retention.ms=604800000'] }, ['  topicDefaults:', '    config:', '      retention.ms: "604800000"']],
  ])('R10: %s: no topic changes whose number of copies the brokers decide', (_, flags, changed) => {
    const mine = replaced(example, PROD, '  topicDefaults:\n    replicas: 3\n', '  config: {default.replication.factor: "2", min.insync.replicas: "1"}\n');
    const now = after(synced(mine), 'kafka-cluster', { name: 'kafka-cluster', environment: 'prod', ...flags });
    expect(lines(mine, now)).toEqual(changed);
    expect(() => after(mine, 'kafka-cluster', { ...prod, topicReplicas: 3 })).toThrow(/have a replication factor of 2;/);
  });

  it('R8: gives a further cluster a namespace and an overlay of its own', () => {
    const now = after(example, 'kafka-cluster', { ...prod, name: 'events', as: 'analytics', brokers: 3 });
    expect(declared(now)).toMatchObject({
      kafka: { cluster: 'kafka-cluster' },
      kafkaClusters: { analytics: { cluster: 'events', namespace: 'kafka-analytics' } },
    });
    expect([...now.keys()]).toEqual(
      expect.arrayContaining([
        'environments/prod/kafka-analytics/kafka.yaml',
        'environments/prod/namespaces/namespace-kafka-analytics.yaml',
        'environments/prod/argocd/platform/kafka-analytics.yaml',
      ]),
    );
  });

  it('R4: does not change who is a controller, in a further cluster either', () => {
    const now = after(example, 'kafka-cluster', { ...prod, as: 'analytics', brokers: 3 });
    const { kind, problems } = refusalOf(() => after(now, 'kafka-cluster', { ...prod, as: 'analytics', brokers: 5 }));
    expect(kind).toBe('refused');
    expect(problems[0]?.message).toContain('the cluster analytics of prod has 3 controllers, which are its brokers');
  });

  it('asks a new one for its volumes, and for controllers where their volumes are named', () => {
    const fresh = { name: 'events', as: 'analytics', environment: 'prod' };
    expect(refusalOf(() => after(example, 'kafka-cluster', fresh))).toMatchObject({
      kind: 'usage',
      problems: [{ message: 'prod has no Kafka cluster analytics: a new one needs --storage-class and --storage-size' }],
    });
    expect(refusalOf(() => after(example, 'kafka-cluster', { ...fresh, storageClass: 'fast-ssd' })).problems[0]?.message).toMatch(/needs --storage-size$/);
    const flags = { ...fresh, storageClass: 'fast-ssd', storageSize: '1Ti', controllerStorageSize: '5Gi' };
    expect(refusalOf(() => after(example, 'kafka-cluster', flags))).toMatchObject({
      kind: 'usage',
      problems: [{ message: 'the brokers are the controllers: --controller-storage-size needs --controllers' }],
    });
  });

  it('asks for memory and CPU together', () => {
    const { kind, problems } = refusalOf(() => after(example, 'kafka-cluster', { ...prod, memory: '8Gi' }));
    expect(kind).toBe('usage');
    expect(problems).toEqual([{ message: 'the brokers have no resources yet: --memory needs --cpu', remedy: 'Give both, for example --memory 8Gi --cpu 2.' }]);
    const both = after(example, 'kafka-cluster', { ...prod, memory: '8Gi', cpu: '2' });
    expect(lines(both, after(both, 'kafka-cluster', { ...prod, memory: '16Gi' }))).toEqual(['      memory: 16Gi']);
  });

  it.each([
    [{ maintenanceWindow: '0 2 * * SUN' }, '--maintenance-window: expected a Quartz cron expression'],
    [{ kafkaVersion: '4.3' }, '--kafka-version: a Kafka version has three numbers'],
    [{ metadataVersion: '4.3' }, '--metadata-version: a metadata version is written as "4.3-IV0"'],
    [{ rack: 'a b' }, '--rack: expected the key of a label'],
    [{ cpu: 'two' }, '--cpu: CPU is a Kubernetes quantity'],
    [{ heap: '4096' }, '--heap: memory is a Kubernetes quantity'],
    [{ as: 'Analytics' }, '--as: the name of a Kafka cluster has lower-case letters'],
  ])('refuses %j', (flags, message) => {
    const error = refusalOf(() => after(example, 'kafka-cluster', { ...prod, ...flags }));
    expect(error.kind).toBe('usage');
    expect(error.message).toContain(message);
  });
});

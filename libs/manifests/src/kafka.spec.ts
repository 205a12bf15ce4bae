import { describe, expect, it } from 'vitest';

import { annotation, list, nameOf, record, Repository, wave } from './repository.fixture.js';
import { at, EVERYTHING, EXAMPLE, type Texts } from './workspace.fixture.js';

/** What an environment can say of its Kafka clusters, and what Strimzi gets of it. */

const STAGING = 'environments/staging/';
const everything = new Repository(EVERYTHING);
const kafka = everything.one('Kafka', `${STAGING}kafka/`);
const analytics = everything.one('Kafka', `${STAGING}kafka-analytics/`);
const pool = (name: string, folder = `${STAGING}kafka/`) => everything.one('KafkaNodePool', folder, name);
const listener = (name: string) => list(at(kafka, 'spec', 'kafka', 'listeners')).find((one) => at(one, 'name') === name);

/** The example with more said of the Kafka of prod. */
function saying(yaml: string, more: Texts = {}): Repository {
  const path = 'environments/prod/environment.yaml';
  return new Repository({ ...EXAMPLE, [path]: (EXAMPLE[path] ?? '').replace('kafka:\n', `kafka:\n  ${yaml}\n`), ...more });
}

describe('Kafka, as an environment declares it', () => {
  it('R5: runs a version and a metadata version that are pinned here, as text', () => {
    expect(at(kafka, 'spec', 'kafka')).toMatchObject({ version: '4.3.0', metadataVersion: '4.2-IV1' });
  });

  it('R6: may be told how many copies have to be in sync, and how often everything is copied', () => {
    expect(at(kafka, 'spec', 'kafka', 'config')).toMatchObject({ 'default.replication.factor': 3, 'min.insync.replicas': 1 });
    const { 'min.insync.replicas': inSync, ...factors } = record(
      at(
        saying('config: {default.replication.factor: 2, transaction.state.log.replication.factor: 2}').one('Kafka', 'environments/prod/'),
        'spec',
        'kafka',
        'config',
      ),
    );
    expect(inSync).toBe(1);
    expect(factors).toMatchObject({
      'default.replication.factor': 2,
      'offsets.topic.replication.factor': 3,
      'transaction.state.log.replication.factor': 2,
      'transaction.state.log.min.isr': 1,
    });
  });

  it('R6: a broker can restart where topics are copied less often than the brokers would', () => {
    const inSync = (yaml: string) => at(saying(yaml).one('Kafka', 'environments/prod/'), 'spec', 'kafka', 'config', 'min.insync.replicas');
    expect(inSync('superUsers: []')).toBe(2);
    const prod = 'environments/prod/environment.yaml';
    const copied = (times: number) =>
      at(
        new Repository({ ...EXAMPLE, [prod]: (EXAMPLE[prod] ?? '').replace('topicDefaults: {replicas: 3}', `topicDefaults: {replicas: ${times}}`) }).one(
          'Kafka',
          'environments/prod/',
        ),
        'spec',
        'kafka',
        'config',
        'min.insync.replicas',
      );
    expect([1, 2, 3].map(copied)).toEqual([1, 1, 2]);
  });

  it('R10: more brokers change no topic that is there', () => {
    const dev = 'environments/dev/environment.yaml';
    const topics = (brokers: number) =>
      new Repository({ ...EXAMPLE, [dev]: (EXAMPLE[dev] ?? '').replace('brokers: {replicas: 1', `brokers: {replicas: ${brokers}`) }).all(
        'KafkaTopic',
        'environments/dev/',
      );
    expect(topics(1)).toHaveLength(2);
    expect(topics(3)).toEqual(topics(1));
    expect(topics(1).map((topic) => at(topic, 'spec', 'replicas'))).toEqual([undefined, undefined]);
  });

  it('R8: has an overlay, a namespace and an Application for every cluster', () => {
    expect([nameOf(analytics), at(everything.one('Kustomization', `${STAGING}kafka-analytics/`), 'namespace')]).toEqual(['analytics', 'kafka-analytics']);
    expect(at(everything.one('Namespace', `${STAGING}namespaces/`, 'kafka-analytics'), 'metadata', 'labels', 'pod-security.kubernetes.io/enforce')).toBe(
      'baseline',
    );
    const application = everything.one('Application', `${STAGING}argocd/`, 'staging.kafka-analytics');
    expect([at(application, 'spec', 'source', 'path'), at(application, 'spec', 'destination', 'namespace'), wave(application)]).toEqual([
      'platform/streaming/environments/staging/kafka-analytics',
      'kafka-analytics',
      0,
    ]);
    const destinations = list(at(everything.one('AppProject', `${STAGING}argocd/`, 'staging.platform'), 'spec', 'destinations'));
    expect(destinations.map((destination) => at(destination, 'namespace'))).toEqual(expect.arrayContaining(['kafka', 'kafka-analytics']));
    expect(at(pool('dual-role', `${STAGING}kafka-analytics/`), 'metadata', 'labels', 'strimzi.io/cluster')).toBe('analytics');
  });

  it('R8: has the patches of each cluster in its own folder', () => {
    const patch = 'apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata: {name: analytics}\nspec: {kafka: {logging: {type: inline, loggers: {}}}}\n';
    const repository = new Repository({ ...EVERYTHING, [`${STAGING}kafka-analytics/patches/logging.yaml`]: patch });
    expect(at(repository.one('Kustomization', `${STAGING}kafka-analytics/`), 'patches')).toEqual([{ path: 'patches/logging.yaml' }]);
    expect(at(repository.one('Kustomization', `${STAGING}kafka/`), 'patches')).toBeUndefined();
  });

  it('R13: has a listener for every way in, each encrypted and asking who is there', () => {
    const listeners = list(at(kafka, 'spec', 'kafka', 'listeners'));
    expect(listeners.map((one) => [at(one, 'name'), at(one, 'port'), at(one, 'type'), at(one, 'tls'), at(one, 'authentication', 'type')])).toEqual([
      ['tls', 9093, 'internal', true, 'scram-sha-512'],
      ['balancer', 9095, 'loadbalancer', true, 'scram-sha-512'],
      ['gateway', 9094, 'tlsroute', true, 'scram-sha-512'],
      ['inside', 9096, 'internal', true, 'scram-sha-512'],
    ]);
  });

  it('R13: says of a route through a Gateway which one it is, and under which host names', () => {
    expect(at(listener('gateway'), 'configuration')).toEqual({
      parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'kafka', namespace: 'gateways' }],
      bootstrap: { host: 'kafka.acme.example' },
      hostTemplate: 'broker-{nodeId}.kafka.acme.example',
    });
  });

  it('R13: puts host names of a load balancer into the certificate and into what brokers tell their clients; Strimzi takes them nowhere else', () => {
    expect(at(listener('balancer'), 'configuration')).toEqual({
      bootstrap: { alternativeNames: ['kafka.lb.acme.example'], annotations: { 'example.com/scheme': 'internal' } },
      advertisedHostTemplate: 'b-{nodeId}.lb.acme.example',
      perBrokerAnnotationsTemplate: { 'example.com/host': 'b-{nodeId}.lb.acme.example', 'example.com/scheme': 'internal' },
    });
    expect(at(listener('inside'), 'configuration')).toBeUndefined();
  });

  it('R14: has further settings as text, the largest number exactly, and the super users by their names', () => {
    expect(at(kafka, 'spec', 'kafka', 'config')).toMatchObject({
      'delete.topic.enable': 'false',
      'log.retention.bytes': '9223372036854775807',
      'message.max.bytes': '1048588',
      'auto.create.topics.enable': 'false',
    });
    expect(at(kafka, 'spec', 'kafka', 'authorization')).toEqual({ type: 'simple', superUsers: ['emergency'] });
  });

  it('R15: holds producers and consumers back, and those whom it does not are named as brokers know them', () => {
    expect(at(kafka, 'spec', 'kafka', 'quotas')).toEqual({
      type: 'strimzi',
      producerByteRate: 10_485_760,
      consumerByteRate: 20_971_520,
      minAvailableRatioPerVolume: 0.1,
      excludedPrincipals: ['User:emergency'],
    });
    expect(at(analytics, 'spec', 'kafka', 'quotas')).toEqual({ type: 'strimzi', minAvailableBytesPerVolume: 1_073_741_824 });
  });

  describe('R17: its nodes', () => {
    const example = new Repository(EXAMPLE);
    const prod = (name: string) => example.one('KafkaNodePool', 'environments/prod/', name);
    const selector = (cluster: string, role: string) => ({ matchLabels: { 'strimzi.io/cluster': cluster, [`strimzi.io/${role}-role`]: 'true' } });
    const spread = (body: unknown) => at(body, 'spec', 'template', 'pod', 'topologySpreadConstraints');
    const apart = (body: unknown) => at(body, 'spec', 'template', 'pod', 'affinity', 'podAntiAffinity');
    const withRack = [
      [pool('broker'), 'kafka-cluster', 'broker'],
      [pool('controller'), 'kafka-cluster', 'controller'],
      [pool('dual-role', `${STAGING}kafka-analytics/`), 'analytics', 'broker'],
    ] as const;

    it('know where they stand, and are spread over those places, brokers and controllers apart', () => {
      expect(at(kafka, 'spec', 'kafka', 'rack')).toEqual({ type: 'topology-label', topologyKey: 'topology.kubernetes.io/zone' });
      for (const [body, cluster, role] of withRack) {
        expect(spread(body)).toEqual([
          { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: selector(cluster, role) },
        ]);
      }
    });

    it('keep off the hosts of each other while there are others, with a rack and without', () => {
      for (const [body, cluster, role] of [
        ...withRack,
        [prod('broker'), 'kafka-cluster', 'broker'],
        [prod('controller'), 'kafka-cluster', 'controller'],
      ] as const) {
        expect(apart(body)).toEqual({
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: selector(cluster, role) } },
          ],
        });
      }
    });

    it("without a rack are left to the scheduler's own spreading over zones, which any constraint would replace", () => {
      for (const body of example.all('KafkaNodePool')) expect(spread(body)).toBeUndefined();
    });

    it('say nothing of it where there is one', () => {
      expect(at(example.one('KafkaNodePool', 'environments/dev/'), 'spec', 'template')).toBeUndefined();
    });
  });

  it('R17: guarantees each pool its memory and CPU, and gives Java a heap of whole mebibytes', () => {
    expect(at(pool('broker'), 'spec', 'resources')).toEqual({ requests: { memory: '8Gi', cpu: '2' }, limits: { memory: '8Gi' } });
    // 4G are 3814.7 MiB.
    expect(at(pool('broker'), 'spec', 'jvmOptions')).toEqual({ '-Xms': '3814m', '-Xmx': '3814m' });
    expect(at(pool('controller'), 'spec', 'jvmOptions')).toEqual({ '-Xms': '1024m', '-Xmx': '1024m' });
    expect(at(pool('dual-role', `${STAGING}kafka-analytics/`), 'spec', 'jvmOptions')).toBeUndefined();
    expect(at(kafka, 'spec', 'entityOperator')).toEqual({
      topicOperator: { resources: { requests: { memory: '512Mi', cpu: '100m' }, limits: { memory: '512Mi' } } },
      userOperator: { resources: { requests: { memory: '256Mi', cpu: '0.1' }, limits: { memory: '256Mi' } } },
    });
  });

  it('R17: leaves disruption budgets to Strimzi, which makes one for each cluster', () => {
    const budgets = [everything, new Repository(EXAMPLE)].flatMap(({ resources }) => resources.filter(({ kind }) => kind === 'PodDisruptionBudget'));
    // Operators of several replicas have one of their own.
    expect(budgets.map(({ path }) => path).filter((path) => !path.includes('/operators/'))).toEqual([]);
  });

  it('R18: has certificates that live as long as declared, and windows in which they are renewed', () => {
    expect(at(kafka, 'spec', 'clusterCa')).toEqual({ validityDays: 730, renewalDays: 60 });
    expect(at(kafka, 'spec', 'clientsCa')).toEqual({ validityDays: 365, renewalDays: 45 });
    expect(at(kafka, 'spec', 'maintenanceTimeWindows')).toEqual(['* * 2-4 ? * SUN *']);
    expect(Object.keys(record(at(analytics, 'spec')))).toEqual(['kafka', 'entityOperator', 'cruiseControl']);
  });

  it('R20: moves replicas when brokers come and go, by a template that is no rebalance itself', () => {
    expect(at(kafka, 'spec', 'cruiseControl', 'autoRebalance')).toEqual([
      { mode: 'add-brokers', template: { name: 'auto-rebalance' } },
      { mode: 'remove-brokers', template: { name: 'auto-rebalance' } },
    ]);
    const rebalances = everything.all('KafkaRebalance');
    expect(rebalances.map((body) => [nameOf(body), at(body, 'metadata', 'labels', 'strimzi.io/cluster'), wave(body)])).toEqual([
      ['auto-rebalance', 'kafka-cluster', 0],
    ]);
    expect(at(rebalances[0], 'metadata', 'annotations')).toMatchObject({ 'strimzi.io/rebalance-template': 'true' });
    expect(Object.keys(record(at(rebalances[0], 'metadata', 'annotations')))).not.toContain('strimzi.io/rebalance');
    expect(annotation(rebalances[0], 'sync-options')).toBe('SkipDryRunOnMissingResource=true');
    expect(at(rebalances[0], 'spec')).toEqual({ replicationThrottle: 50_000_000 });
    const unlimited = new Repository({
      ...EVERYTHING,
      'environments/staging/environment.yaml': (EVERYTHING['environments/staging/environment.yaml'] ?? '').replace(', replicationThrottle: 50000000', ''),
    });
    expect(at(unlimited.one('KafkaRebalance', 'environments/staging/'), 'spec')).toEqual({});
    // Without it, Cruise Control is there for changes of the replication factor alone (R10).
    expect(at(analytics, 'spec', 'cruiseControl', 'autoRebalance')).toBeUndefined();
    expect(at(everything.one('Kafka', 'environments/dev/kafka/'), 'spec', 'cruiseControl')).toBeDefined();
    expect(at(everything.one('Kafka', 'environments/dev/kafka/'), 'spec', 'cruiseControl', 'autoRebalance')).toBeUndefined();
    expect(at(new Repository(EXAMPLE).one('Kafka', 'environments/prod/kafka/'), 'spec', 'cruiseControl')).toBeUndefined();
  });

  it("R79: Cruise Control lets the Topic Operator in, which Strimzi's own policy looks for in the operator's namespace", () => {
    const policy = everything.one('NetworkPolicy', 'environments/staging/kafka-analytics/');
    expect(at(policy, 'spec')).toEqual({
      podSelector: { matchLabels: { 'strimzi.io/cluster': 'analytics', 'strimzi.io/name': 'analytics-cruise-control' } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ podSelector: { matchLabels: { 'strimzi.io/cluster': 'analytics', 'strimzi.io/name': 'analytics-entity-operator' } } }],
          ports: [{ protocol: 'TCP', port: 9090 }],
        },
      ],
    });
    expect(new Repository(EXAMPLE).ofKind('NetworkPolicy', 'environments/prod/kafka/')).toEqual([]);
  });

  it("R79: lets the teams' namespaces of this environment connect as the jobs do, and whom it names; nobody else", () => {
    const namespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
    expect(at(listener('tls'), 'networkPolicyPeers')).toEqual([
      namespace('flink'),
      namespace('flink-payments'),
      namespace('idle'),
      { ...namespace('shop'), podSelector: { matchLabels: { kafka: 'yes' } } },
      { podSelector: { matchLabels: { app: 'console' } } },
    ]);
    const dev = everything.one('Kafka', 'environments/dev/kafka/');
    expect(at(dev, 'spec', 'kafka', 'listeners', 0, 'networkPolicyPeers')).toEqual([namespace('flink'), namespace('idle'), namespace('pay-dev')]);
    expect(at(listener('inside'), 'networkPolicyPeers')).toEqual([
      { podSelector: { matchLabels: { app: 'console' } } },
      { ...namespace('shop'), podSelector: { matchLabels: { kafka: 'yes' } } },
    ]);
    expect(at(listener('gateway'), 'networkPolicyPeers')).toBeUndefined();
  });

  it('R79: is open to nobody before there is a team: no peers would be everybody', () => {
    const empty = new Repository({
      'millrace.yaml': 'repository: {url: https://git.acme.example/a.git}\n',
      'environments/dev/environment.yaml': EXAMPLE['environments/dev/environment.yaml']?.replace(/ {2}sessions:.*\n/, '') ?? '',
    });
    expect(at(empty.one('Kafka'), 'spec', 'kafka', 'listeners', 0, 'networkPolicyPeers')).toEqual([
      { podSelector: { matchLabels: { 'strimzi.io/cluster': 'kafka-cluster' } } },
    ]);
  });

  it('R88: lets transactions be longer than an hour', () => {
    const config = at(saying('config: {transaction.max.timeout.ms: 7200000}').one('Kafka', 'environments/prod/'), 'spec', 'kafka', 'config');
    expect(at(config, 'transaction.max.timeout.ms')).toBe(7_200_000);
  });
});

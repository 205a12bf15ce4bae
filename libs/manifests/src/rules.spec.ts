import { flinkVersions, platform } from '@millrace/model';
import { describe, expect, it } from 'vitest';

import { manifests } from './manifests.js';
import { annotation, list, nameOf, record, Repository, wave } from './repository.fixture.js';
import { at, documentsOf, EVERYTHING, EXAMPLE, ORDER_PROCESSOR, released, workspaceOf, type Texts } from './workspace.fixture.js';

/**
 * What comes out, rule by rule of the catalogue: the facts of the generated files of the complete example (a session in
 * dev with one broker, applications in staging and prod with three), and of everything else that can be declared.
 */

const EXAMPLES = [new Repository(EXAMPLE), new Repository(EVERYTHING)] as const;
const [example, everything] = EXAMPLES;
const everywhere = (kind: string): readonly unknown[] => EXAMPLES.flatMap((repository) => repository.all(kind));

const DEV = 'environments/dev/';
const PROD = 'environments/prod/';
const NEXT = 'apps/order-processor/next/';
const RELEASE = 'apps/order-processor/releases/1.4.0/';
const PLACED = 'pipelines/order-processor/';

/** A job's Flink configuration as the cluster sees it: the base's, and over it the overlay's. */
function flinkConfiguration(repository: Repository, base: string, overlay: string, kind: string): Readonly<Record<string, unknown>> {
  return {
    ...record(at(repository.one(kind, base), 'spec', 'flinkConfiguration')),
    ...record(at(repository.one(kind, overlay), 'spec', 'flinkConfiguration')),
  };
}

const prodConfiguration = flinkConfiguration(example, `${RELEASE}application/`, `${PROD}${PLACED}flink/`, 'FlinkDeployment');
const devConfiguration = flinkConfiguration(example, `${NEXT}session/`, `${DEV}${PLACED}flink/`, 'FlinkSessionJob');
const sessionConfiguration = record(at(example.one('FlinkDeployment', `${DEV}flink/`), 'spec', 'flinkConfiguration'));

/** The example with another Flink, in the sessions and in the job. */
function withFlink(version: string): Texts {
  const changed = Object.fromEntries(
    [ORDER_PROCESSOR, 'environments/dev/environment.yaml'].map((path) => [path, (EXAMPLE[path] ?? '').replaceAll('v2_2', version)]),
  );
  return released({ ...EXAMPLE, ...changed }, 'order-processor', '1.4.0');
}

describe('Kafka', () => {
  const kafka = (environment: string) => example.one('Kafka', `${environment}kafka/`);
  const config = (environment: string) => record(at(kafka(environment), 'spec', 'kafka', 'config'));

  it('R2: every resource of Strimzi is of the version v1', () => {
    const versions = EXAMPLES.flatMap(({ resources }) => resources.map(({ body }) => String(at(body, 'apiVersion')))).filter((version) =>
      version.startsWith('kafka.strimzi.io/'),
    );
    expect(versions.length).toBeGreaterThan(20);
    expect(new Set(versions)).toEqual(new Set(['kafka.strimzi.io/v1']));
  });

  it('R3: nodes are in pools, and nothing of the time of ZooKeeper is left', () => {
    for (const body of everywhere('Kafka')) {
      expect(at(body, 'spec', 'zookeeper')).toBeUndefined();
      expect(Object.keys(record(at(body, 'spec', 'kafka'))).filter((key) => ['replicas', 'storage', 'resources'].includes(key))).toEqual([]);
      expect(Object.keys(record(at(body, 'metadata', 'annotations'))).filter((key) => key.startsWith('strimzi.io/'))).toEqual([]);
    }
    for (const body of everywhere('KafkaNodePool')) {
      expect(at(body, 'spec', 'replicas')).toBeGreaterThan(0);
      expect(list(at(body, 'spec', 'roles')).length).toBeGreaterThan(0);
      expect(at(body, 'spec', 'storage')).toBeDefined();
    }
  });

  it('R4: three dedicated controllers in prod; in dev one node is both', () => {
    const pools = (environment: string) =>
      example.all('KafkaNodePool', `${environment}kafka/`).map((body) => [at(body, 'spec', 'roles'), at(body, 'spec', 'replicas')]);
    expect(pools(PROD)).toEqual([
      [['controller'], 3],
      [['broker'], 3],
    ]);
    expect(pools(DEV)).toEqual([[['controller', 'broker'], 1]]);
  });

  it('R5: the version and the metadata version are pinned to those of the platform, as text', () => {
    const { version, metadataVersion } = platform('2026.11').kafka;
    for (const body of example.all('Kafka')) expect(at(body, 'spec', 'kafka')).toMatchObject({ version, metadataVersion });
  });

  it('R6: what is written survives the loss of a broker where there are three, and one broker can work alone', () => {
    const durability = (copies: number, synced: number) => ({
      'default.replication.factor': copies,
      'min.insync.replicas': synced,
      'offsets.topic.replication.factor': copies,
      'transaction.state.log.replication.factor': copies,
      'transaction.state.log.min.isr': synced,
    });
    expect(config(PROD)).toMatchObject(durability(3, 2));
    expect(config(DEV)).toMatchObject(durability(1, 1));
    expect(at(everything.one('Kafka', `${DEV}kafka/`), 'spec', 'kafka', 'config')).toMatchObject(durability(2, 1));
    const replicas = (environment: string) => example.all('KafkaTopic', `${environment}${PLACED}kafka/`).map((body) => at(body, 'spec', 'replicas'));
    expect(replicas(PROD)).toEqual([3, 3]);
    expect(replicas(DEV)).toEqual([undefined, undefined]);
  });

  it('R7, R8: pools, topics and users carry the name of the Kafka of their own namespace', () => {
    for (const environment of [DEV, PROD]) {
      for (const pool of example.all('KafkaNodePool', `${environment}kafka/`))
        expect(at(pool, 'metadata', 'labels', 'strimzi.io/cluster')).toBe(nameOf(kafka(environment)));
      const platformOverlay = example.one('Kustomization', `${environment}kafka/`);
      const overlay = example.one('Kustomization', `${environment}${PLACED}kafka/`);
      expect(at(overlay, 'labels')).toEqual([
        { includeSelectors: false, pairs: { 'app.kubernetes.io/part-of': 'order-processor', 'strimzi.io/cluster': nameOf(kafka(environment)) } },
      ]);
      expect(at(overlay, 'namespace')).toBe('kafka');
      expect(at(platformOverlay, 'namespace')).toBe('kafka');
    }
    for (const body of example.all('Kafka'))
      expect(at(body, 'spec', 'entityOperator')).toEqual({ topicOperator: { resources: expect.anything() }, userOperator: { resources: expect.anything() } });
  });

  it('R9: a topic says its name in Kafka only where it has another one, and an environment its partitions only where it has more', () => {
    expect(at(everything.one('KafkaTopic', 'apps/payments/next/', 'payments'), 'spec', 'topicName')).toBe('shop.payments');
    expect(example.all('KafkaTopic').filter((body) => at(body, 'spec', 'topicName') !== undefined)).toEqual([]);
    expect(at(everything.one('KafkaTopic', 'environments/staging/pipelines/payments/', 'payments'), 'spec', 'partitions')).toBe(12);
    expect(example.all('KafkaTopic', PROD).filter((body) => at(body, 'spec', 'partitions') !== undefined)).toEqual([]);
  });

  it('R9: settings of a topic are text, the largest number exactly', () => {
    expect(at(example.one('KafkaTopic', NEXT, 'orders'), 'spec', 'config')).toEqual({ 'compression.type': 'snappy', 'retention.ms': '604800000' });
    expect(at(everything.one('KafkaTopic', 'apps/payments/next/', 'payments'), 'spec', 'config')).toEqual({ 'retention.ms': '9223372036854775807' });
  });

  it('R11, R88: clients make no topics, and the transactions of Flink may be as long as it asks', () => {
    for (const body of everywhere('Kafka')) {
      expect(at(body, 'spec', 'kafka', 'config')).toMatchObject({ 'auto.create.topics.enable': 'false', 'transaction.max.timeout.ms': 3_600_000 });
    }
  });

  it('R13: every listener is encrypted and asks who is there, in the way that users have', () => {
    for (const body of everywhere('Kafka')) {
      expect(at(body, 'spec', 'kafka', 'listeners', 0)).toMatchObject({
        name: 'tls',
        port: 9093,
        type: 'internal',
        authentication: { type: 'scram-sha-512' },
      });
      for (const listener of list(at(body, 'spec', 'kafka', 'listeners'))) expect(listener).toMatchObject({ tls: true, authentication: {} });
    }
    const users = everywhere('KafkaUser').flatMap((body) => at(body, 'spec', 'authentication', 'type') ?? []);
    expect(new Set(users)).toEqual(new Set(['scram-sha-512']));
  });

  it('R14: rights are enforced, and no setting is one that Strimzi drops', () => {
    const dropped = [
      'listener',
      'advertised.',
      'broker.',
      'host.name',
      'port',
      'inter.broker.listener.name',
      'sasl.',
      'ssl.',
      'security.',
      'password.',
      'log.dir',
      'zookeeper.',
      'authorizer.',
      'super.user',
      'node.id',
      'process.roles',
      'controller.',
      'metadata.log.dir',
    ];
    for (const body of everywhere('Kafka')) {
      expect(at(body, 'spec', 'kafka', 'authorization', 'type')).toBe('simple');
      const keys = Object.keys(record(at(body, 'spec', 'kafka', 'config')));
      expect(keys.filter((key) => dropped.some((prefix) => key.startsWith(prefix)))).toEqual([]);
    }
  });

  it('R15, R89: the user of an exactly-once job may do four things', () => {
    const acls = (type: string, name: string, patternType: string, operation: string) => ({ resource: { type, name, patternType }, operations: [operation] });
    for (const base of [NEXT, RELEASE]) {
      const user = example.one('KafkaUser', `${base}kafka/`, 'flink-app');
      expect(at(user, 'spec', 'authorization')).toEqual({
        type: 'simple',
        acls: [
          acls('topic', 'order-totals', 'literal', 'Write'),
          acls('topic', 'orders', 'literal', 'Read'),
          acls('group', 'order-processor-group', 'literal', 'Read'),
          acls('transactionalId', 'order-processor.order-processor.order-totals.tx-', 'prefix', 'Write'),
        ],
      });
    }
  });

  it('R15: one that reads and writes a topic has one entry for it; what others named in Kafka has the name from there; nothing is allowed for all', () => {
    const user = everything.one('KafkaUser', 'apps/payments/next/', 'payments-app');
    const allowed = list(at(user, 'spec', 'authorization', 'acls')).map((acl) => [at(acl, 'resource', 'name'), at(acl, 'operations')]);
    expect(allowed).toEqual([
      ['orders', ['Read']],
      ['refunds', ['Write']],
      ['shop.payments', ['Read', 'Write']],
      ['payments-group', ['Read']],
      ['payments.payments.payments.tx-', ['Write']],
    ]);
    const legacy = everything.one('KafkaUser', 'apps/payments/next/kafka-legacy/', 'payments-legacy');
    expect(list(at(legacy, 'spec', 'authorization', 'acls')).map((acl) => at(acl, 'resource', 'name'))).toEqual(['cdc.customers', 'payments-group']);
    expect(at(user, 'spec', 'quotas')).toEqual({ producerByteRate: 1_048_576, requestPercentage: 55 });
    const console = everything.one('KafkaUser', 'apps/payments/next/', 'console');
    expect(list(at(console, 'spec', 'authorization', 'acls')).map((acl) => at(acl, 'resource', 'name'))).toEqual([
      'refunds',
      'shop.payments',
      'console',
      'console.',
    ]);
  });

  it('R16: volumes outlive their claims, have a class and a size, and one of them has the metadata', () => {
    for (const body of everywhere('KafkaNodePool')) {
      expect(at(body, 'spec', 'storage', 'type')).toBe('jbod');
      const [volume, ...others] = list(at(body, 'spec', 'storage', 'volumes'));
      expect(others).toEqual([]);
      expect(volume).toMatchObject({ id: 0, type: 'persistent-claim', deleteClaim: false, kraftMetadata: 'shared' });
      expect(at(volume, 'class')).toMatch(/^(?:standard|fast-ssd)$/);
      expect(at(volume, 'size')).toMatch(/^\d+[GT]i$/);
    }
  });
});

describe('Flink', () => {
  it.each(flinkVersions)('R24, R47: a session cluster runs the image of its Flink, %s, with the plugin of that very version', (flinkVersion) => {
    const { version = '', image = '' } = platform('2026.11').flink[flinkVersion] ?? {};
    const session = new Repository(withFlink(flinkVersion)).one('FlinkDeployment', `${DEV}flink/`);
    expect(at(session, 'spec')).toMatchObject({ flinkVersion, image });
    expect(image.startsWith(`flink:${version}`)).toBe(true);
    expect(`v${version.replace('.', '_')}`.startsWith(`${flinkVersion}.`)).toBe(true);
    expect(at(session, 'spec', 'podTemplate', 'spec', 'containers', 0, 'env')).toEqual([
      { name: 'ENABLE_BUILT_IN_PLUGINS', value: `flink-s3-fs-presto-${version}.jar` },
    ]);
  });

  it('R25: an application has a job and a session has none; both say who they are and how much memory they need', () => {
    const base = example.one('FlinkDeployment', `${RELEASE}application/`);
    const overlay = example.one('FlinkDeployment', `${PROD}${PLACED}flink/`);
    const session = example.one('FlinkDeployment', `${DEV}flink/`);
    expect(nameOf(overlay)).toBe(nameOf(base));
    expect(at(base, 'spec', 'job')).toBeDefined();
    expect(at(session, 'spec', 'job')).toBeUndefined();
    expect(at(overlay, 'spec', 'job', 'parallelism')).toBe(20);
    expect(at(overlay, 'spec', 'taskManager', 'resource')).toEqual({ memory: '4096m', cpu: 2 });
    for (const body of [overlay, session]) {
      expect(at(body, 'spec')).toMatchObject({ mode: 'native', serviceAccount: 'flink', jobManager: { replicas: 1, resource: { memory: '2048m', cpu: 1 } } });
      expect(at(body, 'spec', 'taskManager', 'resource', 'memory')).toBe('4096m');
    }
  });

  it('R25: no setting is one that the operator refuses', () => {
    for (const { body } of EXAMPLES.flatMap(({ resources }) => resources)) {
      const keys = Object.keys(record(at(body, 'spec', 'flinkConfiguration')));
      expect(
        keys.filter((key) =>
          [
            'kubernetes.namespace',
            'kubernetes.cluster-id',
            'high-availability.cluster-id',
            'execution.savepoint.path',
            'execution.state-recovery.path',
          ].includes(key),
        ),
      ).toEqual([]);
    }
  });

  it('R27: a job says how its state is carried over, and where checkpoints and savepoints are', () => {
    for (const folder of [`${NEXT}session/`, `${RELEASE}session/`])
      expect(at(example.one('FlinkSessionJob', folder), 'spec', 'job', 'upgradeMode')).toBe('savepoint');
    expect(at(example.one('FlinkDeployment', `${RELEASE}application/`), 'spec', 'job', 'upgradeMode')).toBe('savepoint');
    expect(at(everything.one('FlinkDeployment', 'apps/payments/next/', 'archive'), 'spec', 'job', 'upgradeMode')).toBe('last-state');
  });

  it('R28, R86: state lies under the prefix of its environment and job, and of nobody else; applications and sessions are highly available', () => {
    const state = (configuration: Readonly<Record<string, unknown>>) => [
      configuration['execution.checkpointing.dir'],
      configuration['execution.checkpointing.savepoint-dir'],
      configuration['high-availability.type'],
      configuration['high-availability.storageDir'],
    ];
    const prod = 's3://my-bucket/prod/order-processor/order-processor';
    const dev = 's3://my-bucket/dev/order-processor/order-processor';
    const session = 's3://my-bucket/dev/_sessions/orders-session';
    expect(state(prodConfiguration)).toEqual([`${prod}/checkpoints`, `${prod}/savepoints`, 'kubernetes', `${prod}/ha`]);
    expect(state(devConfiguration)).toEqual([`${dev}/checkpoints`, `${dev}/savepoints`, undefined, undefined]);
    expect(state(sessionConfiguration)).toEqual([`${session}/checkpoints`, `${session}/savepoints`, 'kubernetes', `${session}/ha`]);
  });

  it('R37: what is deleted by mistake comes back with its state', () => {
    for (const configuration of [prodConfiguration, devConfiguration]) {
      expect(configuration).toMatchObject({
        'kubernetes.operator.job.savepoint-on-deletion': 'true',
        'execution.checkpointing.externalized-checkpoint-retention': 'RETAIN_ON_CANCELLATION',
      });
    }
  });

  it('R31: settings are flat, sorted, and text', () => {
    const all = EXAMPLES.flatMap(({ resources }) => resources).flatMap(({ path, body }) => {
      const configuration = at(body, 'spec', 'flinkConfiguration');
      return configuration === undefined ? [] : [{ path, configuration: record(configuration) }];
    });
    expect(all.length).toBeGreaterThan(10);
    for (const { path, configuration } of all) {
      expect(Object.keys(configuration), path).toEqual(Object.keys(configuration).toSorted());
      expect(
        Object.values(configuration).filter((value) => typeof value !== 'string'),
        path,
      ).toEqual([]);
    }
  });

  describe.each(flinkVersions)('%s', (version) => {
    const repository = new Repository(withFlink(version));
    const configurations = {
      session: record(at(repository.one('FlinkDeployment', `${DEV}flink/`), 'spec', 'flinkConfiguration')),
      'session job': flinkConfiguration(repository, `${NEXT}session/`, `${DEV}${PLACED}flink/`, 'FlinkSessionJob'),
      application: flinkConfiguration(repository, `${RELEASE}application/`, `${PROD}${PLACED}flink/`, 'FlinkDeployment'),
    };

    it.each(Object.entries(configurations))('R29: in a %s no key is the start of another', (_what, configuration) => {
      const keys = Object.keys(configuration);
      expect(keys.length).toBeGreaterThan(5);
      expect(keys.filter((key) => keys.some((other) => other.startsWith(`${key}.`)))).toEqual([]);
    });

    it.each(Object.entries(configurations))('R30: in a %s every setting has the name that this Flink knows, and no other', (_what, configuration) => {
      const old = version === 'v1_19';
      const [dir, before] = old ? ['state.checkpoints.dir', 'execution.checkpointing.dir'] : ['execution.checkpointing.dir', 'state.checkpoints.dir'];
      expect(configuration[dir]).toMatch(/^s3:\/\/my-bucket\/(?:dev|prod)\/.*\/checkpoints$/);
      expect(configuration[before]).toBeUndefined();
      expect(configuration[old ? 'state.savepoints.dir' : 'execution.checkpointing.savepoint-dir']).toMatch(/\/savepoints$/);
      expect(configuration['state.backend.type']).toBe('rocksdb');
      const gone = ['state.backend', 'restart-strategy', 'high-availability', 'execution.checkpointing.unaligned'];
      const former = ['state.checkpoints.num-retained', 'state.backend.incremental', 'state.savepoints.dir'];
      const later = ['execution.checkpointing.num-retained', 'execution.checkpointing.incremental', 'execution.checkpointing.savepoint-dir'];
      expect([...gone, ...(old ? later : former)].filter((key) => key in configuration)).toEqual([]);
    });
  });

  it('R35: an application has its jar in the image, by digest; a session job gets it over https, with its checksum', () => {
    const application = example.one('FlinkDeployment', `${RELEASE}application/`);
    expect(at(application, 'spec', 'job', 'jarURI')).toBe('local:///opt/flink/usrlib/order-processor.jar');
    expect(at(application, 'spec', 'image')).toMatch(/@sha256:[0-9a-f]{64}$/);
    const job = example.one('FlinkSessionJob', `${RELEASE}session/`);
    expect(at(job, 'spec', 'job', 'jarURI')).toBe('https://artifacts.acme.example/order-processor-1.0.0.jar');
    expect(at(job, 'metadata', 'annotations', 'millrace.dev/jar-sha256')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('R36: a session job belongs to the session cluster of its team and Flink, in the same namespace, and comes after it', () => {
    const session = example.one('FlinkDeployment', `${DEV}flink/`);
    const job = example.one('FlinkSessionJob', `${DEV}${PLACED}flink/`);
    expect(at(job, 'spec', 'deploymentName')).toBe(nameOf(session));
    expect(at(example.one('Kustomization', `${DEV}${PLACED}flink/`), 'namespace')).toBe(at(session, 'metadata', 'namespace'));
    expect(wave(session)).toBeLessThan(wave(job));
    const sessions = everything.all('FlinkSessionJob', `${DEV}pipelines/payments/`).map((body) => [nameOf(body), at(body, 'spec', 'deploymentName')]);
    expect(sessions).toContainEqual(['payments', 'payments-session']);
    expect(sessions).toContainEqual(['archive', 'payments-old']);
  });

  it('R36: a pipeline changes nothing of the session cluster that its jobs run in', () => {
    const without = Object.fromEntries(Object.entries(EXAMPLE).filter(([path]) => !path.includes('order-processor')));
    const files = manifests(workspaceOf(without));
    for (const [path, text] of example.files) if (path.startsWith(`${DEV}flink/`) || path.startsWith(`${DEV}kafka/`)) expect(files.get(path), path).toBe(text);
  });

  const pods = EXAMPLES.flatMap(({ resources }) => resources.filter(({ body }) => at(body, 'spec', 'podTemplate') !== undefined));

  it('R46: secrets reach the main container by reference, never by value', () => {
    const overlay = example.one('FlinkDeployment', `${PROD}${PLACED}flink/`);
    expect(at(overlay, 'spec', 'podTemplate', 'spec', 'containers', 0, 'env')).toEqual([
      { name: 'KAFKA_PASSWORD', valueFrom: { secretKeyRef: { name: 'flink-app-kafka-client', key: 'flink-app.password' } } },
    ]);
    const staging = everything.one('FlinkDeployment', 'environments/staging/pipelines/payments/', 'payments');
    expect(at(staging, 'spec', 'podTemplate', 'spec', 'containers', 0, 'env')).toEqual([
      { name: 'KAFKA_PASSWORD', valueFrom: { secretKeyRef: { name: 'payments-app-kafka-client', key: 'payments-app.password' } } },
      // By name: who moves a line of a placement restarts no job (R26).
      { name: 'JAVA_OPTS', value: '-Da=b c' },
      { name: 'LOG_LEVEL', value: 'yes' },
      { name: 'API_TOKEN', valueFrom: { secretKeyRef: { name: 'payments-api', key: 'token' } } },
    ]);
    for (const { body, path } of pods)
      expect(
        list(at(body, 'spec', 'podTemplate', 'spec', 'containers')).map((container) => at(container, 'name')),
        path,
      ).toEqual(['flink-main-container']);
  });

  it('R48: nobody outside the cluster reaches the REST endpoint, and an application takes no other job', () => {
    expect(prodConfiguration).toMatchObject({
      'kubernetes.rest-service.exposed.type': 'ClusterIP',
      'web.submit.enable': 'false',
      'web.cancel.enable': 'false',
    });
    expect(sessionConfiguration).toMatchObject({ 'kubernetes.rest-service.exposed.type': 'ClusterIP', 'web.cancel.enable': 'false' });
    for (const body of everywhere('FlinkDeployment')) expect(at(body, 'spec', 'ingress')).toBeUndefined();
  });

  it('R81: pods fit the restricted standard, and their namespaces enforce it', () => {
    expect(pods.length).toBeGreaterThan(3);
    for (const { body, path } of pods) {
      const pod = at(body, 'spec', 'podTemplate', 'spec');
      expect(at(pod, 'securityContext'), path).toEqual({
        runAsNonRoot: true,
        runAsUser: 9999,
        runAsGroup: 9999,
        fsGroup: 9999,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(at(pod, 'containers', 0, 'securityContext'), path).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
    }
  });

  it('R84: the maximum parallelism comes from the release, and no environment has another', () => {
    expect(at(example.one('FlinkDeployment', `${RELEASE}application/`), 'spec', 'flinkConfiguration', 'pipeline.max-parallelism')).toBe('120');
    expect(at(everything.one('FlinkDeployment', 'apps/payments/next/', 'archive'), 'spec', 'flinkConfiguration', 'pipeline.max-parallelism')).toBe('240');
    const overlays = EXAMPLES.flatMap(({ resources }) => resources).filter(({ path }) => path.startsWith('environments/'));
    expect(overlays.filter(({ body }) => at(body, 'spec', 'flinkConfiguration', 'pipeline.max-parallelism') !== undefined)).toEqual([]);
  });

  it('R87: a job is told its own consumer group and the start of its own transactional ids', () => {
    const args = list(at(example.one('FlinkDeployment', `${RELEASE}application/`), 'spec', 'job', 'args'));
    expect(args).toEqual([
      '--user=flink-app',
      '--credentials=/opt/millrace/credentials',
      '--read.orders.topic=orders',
      '--read.orders.group=order-processor-group',
      '--read.orders.partitions=10',
      '--write.order-totals.topic=order-totals',
      '--write.order-totals.guarantee=exactly-once',
      '--write.order-totals.transactional-id-prefix=order-processor.order-processor.order-totals.tx',
    ]);
    // What is not exactly-once has no transactions; the environment's own arguments replace those of the release.
    const staging = list(at(everything.one('FlinkDeployment', 'environments/staging/pipelines/payments/', 'payments'), 'spec', 'job', 'args'));
    expect(staging).toContain('--read.payments.partitions=12');
    expect(staging.filter((arg) => String(arg).startsWith('--write.refunds.'))).toEqual([
      '--write.refunds.topic=refunds',
      '--write.refunds.guarantee=at-least-once',
    ]);
    expect(staging.slice(-2)).toEqual(['--currency', '1e3']);
  });

  it('a job without a build, or switched off, does not run', () => {
    const overlay = 'environments/staging/pipelines/payments/flink/';
    expect(everything.resources.filter(({ body }) => nameOf(body) === 'not-built-yet')).toEqual([]);
    expect(everything.one('FlinkDeployment', overlay, 'switched-off')).toEqual({
      $patch: 'delete',
      apiVersion: 'flink.apache.org/v1beta1',
      kind: 'FlinkDeployment',
      metadata: { name: 'switched-off' },
    });
  });
});

/** The sources of an Application, and the one that is this repository. */
const sourcesOf = (application: unknown) => list(at(application, 'spec', 'sources') ?? [at(application, 'spec', 'source')]);
const ownSource = (repository: Repository, application: unknown) => {
  const own = repository.all('Application').map((body) => at(body, 'spec', 'source', 'repoURL'))[0];
  return sourcesOf(application).find((source) => at(source, 'repoURL') === own);
};

describe('Argo CD', () => {
  const applications = everywhere('Application');
  const projects = everywhere('AppProject');

  it('R52: namespaces come first, then Kafka, topics and users, session clusters with the stores, jobs with their credentials', () => {
    const waves = (kind: string, folder: string) => new Set(example.all(kind, folder).map(wave));
    expect(waves('Namespace', 'environments/')).toEqual(new Set([-40]));
    expect(waves('Kafka', 'environments/')).toEqual(new Set([0]));
    expect(waves('KafkaNodePool', 'environments/')).toEqual(new Set([0]));
    expect(waves('KafkaTopic', 'environments/')).toEqual(new Set([10]));
    expect(waves('KafkaUser', 'environments/')).toEqual(new Set([10]));
    expect(waves('SecretStore', 'environments/')).toEqual(new Set([20]));
    expect(waves('FlinkDeployment', `${DEV}flink/`)).toEqual(new Set([20]));
    // A wave that is not healthy keeps back those after it: a store that is out of reach would hold up every change of a job (R50).
    for (const overlay of [`${PROD}pipelines/order-processor/flink/`, `${DEV}pipelines/order-processor/flink/`])
      expect(waves('ExternalSecret', overlay)).toEqual(new Set([40]));
    expect(waves('FlinkSessionJob', 'environments/')).toEqual(new Set([40]));
    expect(waves('FlinkDeployment', PROD)).toEqual(new Set([40]));
  });

  it('R52: no pipeline waits for another', () => {
    expect(new Set(everything.resources.filter(({ path }) => /\/argocd\/pipelines\//.test(path)).map(({ body }) => wave(body))).size).toBe(1);
  });

  it('R53: applies on the server, and compares there', () => {
    expect(applications.length).toBeGreaterThan(20);
    for (const body of applications) {
      expect(at(body, 'spec', 'syncPolicy', 'syncOptions')).toEqual(expect.arrayContaining(['ServerSideApply=true', 'FailOnSharedResource=true']));
      expect(annotation(body, 'compare-options')).toBe('ServerSideDiff=true');
    }
  });

  it('R54, R57: takes custom resources before their kind is known, and asks a person before it deletes what holds data', () => {
    const overlays = EXAMPLES.flatMap(({ resources }) => resources).filter(
      ({ path, body }) => path.startsWith('environments/') && at(body, '$patch') === undefined,
    );
    const options = (body: unknown) => String(annotation(body, 'sync-options')).split(',');
    const custom = overlays.filter(({ body }) => /^(?:kafka\.strimzi\.io|flink\.apache\.org|external-secrets\.io)\//.test(String(at(body, 'apiVersion'))));
    expect(new Set(custom.map(({ kind }) => kind))).toEqual(
      new Set([
        ...['Kafka', 'KafkaNodePool', 'KafkaRebalance', 'KafkaTopic', 'KafkaUser'],
        ...['FlinkDeployment', 'FlinkSessionJob', 'SecretStore', 'ExternalSecret'],
      ]),
    );
    expect(custom.filter(({ body }) => !options(body).includes('SkipDryRunOnMissingResource=true')).map(({ path }) => path)).toEqual([]);
    // What Strimzi has let go of takes nothing with it.
    const letGo = (body: unknown) => nameOf(body) === 'chargebacks';
    const guarded = overlays.filter(
      ({ kind, body }) =>
        !letGo(body) && ['Kafka', 'KafkaNodePool', 'KafkaTopic', 'KafkaUser', 'FlinkDeployment', 'FlinkSessionJob', 'Namespace'].includes(kind),
    );
    const unguarded = guarded.filter(({ body }) => !['Prune=confirm', 'Delete=confirm'].every((option) => options(body).includes(option)));
    expect(unguarded.map(({ path }) => path)).toEqual([]);
  });

  it('R55: follows git by itself, never down to nothing, and tries again with the newest commit', () => {
    for (const body of applications) {
      // prod of everything says that a person starts its syncs: its roots only make Applications.
      const byHand = String(nameOf(body)).startsWith('prod.') && !['prod.platform', 'prod.pipelines'].includes(String(nameOf(body)));
      if (!byHand || !everything.all('Application', PROD).includes(body))
        // Definitions are never pruned (R21).
        expect(at(body, 'spec', 'syncPolicy', 'automated')).toEqual({ prune: !/\.crds$/.test(String(nameOf(body))), selfHeal: true });
      else expect(at(body, 'spec', 'syncPolicy', 'automated')).toBeUndefined();
      expect(at(body, 'spec', 'syncPolicy', 'retry')).toMatchObject({ refresh: true, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } });
    }
  });

  it('R57: an Application of a root goes only after a person has said so', () => {
    for (const body of applications)
      expect(String(annotation(body, 'sync-options')).split(',')).toEqual(expect.arrayContaining(['Prune=confirm', 'Delete=confirm']));
    for (const { body, path } of EXAMPLES.flatMap(({ resources }) => resources)) {
      if (/\/argocd\/root-/.test(path)) expect(at(body, 'metadata', 'finalizers'), path).toBeUndefined();
    }
  });

  it('R58: every project names its one repository, its namespaces and its kinds', () => {
    for (const body of projects.filter((project) => !/\.(?:operator|crds)$/.test(String(nameOf(project))))) {
      expect(list(at(body, 'spec', 'sourceRepos'))).toHaveLength(1);
      expect(JSON.stringify({ ...record(at(body, 'spec')), syncWindows: undefined, orphanedResources: undefined })).not.toContain('*');
      expect(list(at(body, 'spec', 'namespaceResourceWhitelist')).length).toBeGreaterThan(0);
      expect(list(at(body, 'spec', 'destinations')).length).toBeGreaterThan(0);
    }
  });

  it('R58: a team may make topics and users in the namespace of Kafka, its jobs in its own, and nothing for the cluster or Argo CD', () => {
    const project = (name: string) => {
      const body = example.one('AppProject', PROD, name);
      return {
        namespaces: list(at(body, 'spec', 'destinations')).map((destination) => at(destination, 'namespace')),
        kinds: list(at(body, 'spec', 'namespaceResourceWhitelist')).map((kind) => at(kind, 'kind')),
        cluster: at(body, 'spec', 'clusterResourceWhitelist'),
      };
    };
    expect(project('prod.orders.kafka')).toEqual({ namespaces: ['kafka'], kinds: ['KafkaTopic', 'KafkaUser'], cluster: [] });
    expect(project('prod.orders.flink')).toEqual({ namespaces: ['flink'], kinds: ['ExternalSecret', 'FlinkDeployment', 'FlinkSessionJob'], cluster: [] });
    const intoArgocd = projects.filter((body) =>
      list(at(body, 'spec', 'destinations')).some((destination) => at(destination, 'namespace') === at(body, 'metadata', 'namespace')),
    );
    expect(intoArgocd.filter((body) => /\.(?:kafka|flink)$/.test(String(nameOf(body))))).toEqual([]);
  });

  it('R58: every Application belongs to a project of its environment that allows where it goes', () => {
    for (const repository of EXAMPLES) {
      for (const { body, path } of repository.resources.filter(({ kind }) => kind === 'Application')) {
        const environment = path.split('/').slice(0, 2).join('/');
        const project = repository.one('AppProject', `${environment}/`, String(at(body, 'spec', 'project')));
        expect(list(at(project, 'spec', 'destinations')), path).toContainEqual(at(body, 'spec', 'destination'));
        for (const source of sourcesOf(body)) expect(list(at(project, 'spec', 'sourceRepos')), path).toContain(at(source, 'repoURL'));
      }
    }
  });

  it('R58: a project allows every kind that its Applications bring', () => {
    for (const repository of EXAMPLES) {
      for (const { body, path } of repository.resources.filter(({ kind }) => kind === 'Application')) {
        const project = repository.one('AppProject', `${path.split('/').slice(0, 2).join('/')}/`, String(at(body, 'spec', 'project')));
        const allowed = ['namespaceResourceWhitelist', 'clusterResourceWhitelist'].flatMap((key) =>
          list(at(project, 'spec', key)).map((kind) => `${String(at(kind, 'group'))}/${String(at(kind, 'kind'))}`),
        );
        const folder = String(at(ownSource(repository, body), 'path')).replace('platform/streaming/', '');
        const brought = repository.resources
          .filter((resource) => resource.path.slice(0, resource.path.lastIndexOf('/')) === folder && resource.kind !== 'Kustomization')
          .map((resource) => `${String(at(resource.body, 'apiVersion')).replace(/^v1$|\/[^/]+$/, '')}/${resource.kind}`);
        expect(
          brought.filter((kind) => !allowed.includes(kind)),
          path,
        ).toEqual([]);
      }
    }
  });

  it('R61: is woken by every folder that an overlay is rendered from, its patches included', () => {
    for (const repository of EXAMPLES) {
      for (const { body, path } of repository.resources.filter(({ kind }) => kind === 'Application')) {
        const own = ownSource(repository, body);
        if (own === undefined) continue;
        const source = String(at(own, 'path'));
        const woken = String(annotation(body, 'manifest-generate-paths')).split(';');
        expect(woken, path).toContain(`/${source}`);
        const kustomization = repository.files.get(`${source.replace('platform/streaming/', '')}/kustomization.yaml`);
        const folders = list(at(documentsOf(kustomization ?? '{}')[0], 'resources')).filter((resource) => String(resource).startsWith('../'));
        for (const folder of folders) expect(woken, path).toContain(new URL(String(folder), `file:///${source}/`).pathname);
      }
    }
  });

  it('R61: finds a repository that is a folder of a larger one, on the branch that is named', () => {
    for (const body of everything.all('Application')) {
      const own = ownSource(everything, body);
      expect(at(body, 'metadata', 'namespace')).toBe('gitops');
      if (own === undefined) continue;
      expect(at(own, 'path')).toMatch(/^platform\/streaming\/environments\//);
      expect(at(own, 'targetRevision')).toBe('release/2026');
    }
  });

  it('R62: namespaces are manifests, with their pod security, and every overlay or resource says where it goes', () => {
    const enforced = example.all('Namespace', PROD).map((body) => [nameOf(body), at(body, 'metadata', 'labels', 'pod-security.kubernetes.io/enforce')]);
    expect(enforced).toEqual(
      expect.arrayContaining([
        ['kafka', 'restricted'],
        ['flink', 'restricted'],
      ]),
    );
    for (const body of applications) expect(JSON.stringify(body)).not.toContain('CreateNamespace');
    for (const { path, body } of EXAMPLES.flatMap(({ resources }) => resources)) {
      if (/^environments\/[^/]+\/pipelines\/.*\/kustomization\.yaml$/.test(path)) expect(at(body, 'namespace'), path).toMatch(/^[a-z-]+$/);
      if (/^environments\/[^/]+\/(?:flink|credentials)\//.test(path) && !['Namespace', 'Kustomization'].includes(String(at(body, 'kind')))) {
        expect(at(body, 'metadata', 'namespace'), path).toMatch(/^[a-z-]+$/);
      }
    }
  });
});

describe('credentials', () => {
  const roles = (repository: Repository) =>
    repository
      .all('Role', 'environments/')
      .flatMap((body) =>
        list(at(body, 'rules')).flatMap((rule) =>
          list(at(rule, 'resources')).includes('secrets') ? [{ namespace: at(body, 'metadata', 'namespace'), rule }] : [],
        ),
      );

  it('R67: a namespace reads by name what its users need of that of Kafka, and nothing else', () => {
    for (const repository of EXAMPLES) {
      for (const { namespace, rule } of roles(repository)) {
        expect(['kafka', 'kafka-analytics']).toContain(namespace);
        expect(rule).toMatchObject({ apiGroups: [''], resources: ['secrets'], verbs: ['get'] });
        expect(list(at(rule, 'resourceNames')).length).toBeGreaterThan(0);
      }
    }
    const names = roles(example).flatMap(({ rule }) => list(at(rule, 'resourceNames')));
    expect(new Set(names)).toEqual(new Set(['flink-app', 'kafka-cluster-cluster-ca-cert']));
  });

  it('R67: the store of a namespace is the reader that the Kafka namespace lets in', () => {
    const store = example.one('SecretStore', `${PROD}flink/`);
    expect(at(store, 'spec', 'provider', 'kubernetes')).toMatchObject({ remoteNamespace: 'kafka', auth: { serviceAccount: { name: 'kafka-users-reader' } } });
    const bindings = example.all('RoleBinding', `${PROD}credentials/`);
    expect(bindings.length).toBeGreaterThan(0);
    for (const body of bindings) expect(at(body, 'subjects')).toEqual([{ kind: 'ServiceAccount', name: 'kafka-users-reader', namespace: 'flink' }]);
    const reviews = example
      .all('Role', `${PROD}credentials/`)
      .flatMap((body) => list(at(body, 'rules')))
      .filter((rule) => list(at(rule, 'resources')).includes('selfsubjectrulesreviews'));
    expect(reviews.map((rule) => at(rule, 'verbs'))).toEqual(bindings.map(() => ['create']));
  });

  it('R71: a client finds its password, its configuration and the certificate of the cluster in one folder, by the name of its user', () => {
    for (const environment of [DEV, PROD]) {
      const secret = example.one('ExternalSecret', `${environment}${PLACED}flink/`);
      const files = record(at(secret, 'spec', 'target', 'template', 'data'));
      expect(Object.keys(files).sort()).toEqual(['flink-app.ca.crt', 'flink-app.password', 'flink-app.properties']);
      expect(String(files['flink-app.properties']).split('\n')).toEqual(
        expect.arrayContaining([
          'bootstrap.servers=kafka-cluster-kafka-bootstrap.kafka.svc:9093',
          'security.protocol=SASL_SSL',
          'sasl.mechanism=SCRAM-SHA-512',
          'sasl.jaas.config={{ .jaas }}',
          'ssl.truststore.type=PEM',
        ]),
      );
      expect(list(at(secret, 'spec', 'data')).map((data) => [at(data, 'secretKey'), at(data, 'remoteRef', 'key'), at(data, 'remoteRef', 'property')])).toEqual([
        ['password', 'flink-app', 'password'],
        ['jaas', 'flink-app', 'sasl.jaas.config'],
        ['ca', 'kafka-cluster-cluster-ca-cert', 'ca.crt'],
      ]);
    }
  });

  it('R71: pods mount the Secret that holds them: of the user in an application, of all its jobs in a session', () => {
    const mounted = (body: unknown) => [
      at(body, 'spec', 'podTemplate', 'spec', 'volumes', 0, 'projected', 'sources', 0, 'secret', 'name'),
      at(body, 'spec', 'podTemplate', 'spec', 'containers', 0, 'volumeMounts', 0, 'mountPath'),
    ];
    const target = (environment: string) => [
      at(example.one('ExternalSecret', `${environment}${PLACED}flink/`), 'spec', 'target', 'name'),
      '/opt/millrace/credentials',
    ];
    expect(mounted(example.one('FlinkDeployment', `${PROD}${PLACED}flink/`))).toEqual(target(PROD));
    expect(mounted(example.one('FlinkDeployment', `${DEV}flink/`))).toEqual(target(DEV));
    const policy = (environment: string) => at(example.one('ExternalSecret', `${environment}${PLACED}flink/`), 'spec', 'target', 'creationPolicy');
    expect([policy(DEV), policy(PROD)]).toEqual(['Merge', 'Owner']);
  });

  it('R78: no Secret in git holds anything', () => {
    for (const body of everywhere('Secret')) expect([at(body, 'data'), at(body, 'stringData')]).toEqual([undefined, undefined]);
  });
});

describe('kustomize', () => {
  it('R76: kustomizations use fields of today, and set no label of Argo CD', () => {
    const kustomizations = everywhere('Kustomization');
    expect(kustomizations.length).toBeGreaterThan(20);
    for (const body of kustomizations) {
      expect(at(body, 'apiVersion')).toBe('kustomize.config.k8s.io/v1beta1');
      expect(Object.keys(record(body)).filter((key) => !['apiVersion', 'kind', 'namespace', 'resources', 'labels', 'patches'].includes(key))).toEqual([]);
      expect(JSON.stringify(body)).not.toContain('app.kubernetes.io/instance');
    }
  });

  it('patches of people come after the generated ones, in the order of their names', () => {
    const overlay = everything.one('Kustomization', 'environments/staging/pipelines/payments/kafka/');
    const patches = list(at(overlay, 'patches'));
    expect(patches.slice(0, -2).every((patch) => !String(at(patch, 'path')).startsWith('patches/'))).toBe(true);
    const [object, operations] = patches.slice(-2);
    expect(object).toEqual({ path: 'patches/10-object.yaml' });
    expect(at(operations, 'target')).toEqual({ group: 'kafka.strimzi.io', version: 'v1', kind: 'KafkaTopic', name: 'order\\.totals', namespace: 'kafka' });
    expect(documentsOf(String(at(operations, 'patch')))).toEqual([
      [
        { op: 'add', path: '/metadata/annotations/x', value: '0755' },
        { op: 'add', path: '/spec/y', value: '12:30' },
      ],
    ]);
  });
});

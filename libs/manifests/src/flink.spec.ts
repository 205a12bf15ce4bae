import { flinkVersions, platform } from '@millrace/model';
import { describe, expect, it } from 'vitest';

import { jobProject } from './job-project.js';
import { list, record, Repository } from './repository.fixture.js';
import { at, EVERYTHING, EXAMPLE, ORDER_PROCESSOR, released, type Texts } from './workspace.fixture.js';

/** What Flink's clusters and jobs become of what an environment and a placement say of them, rule by rule of the catalogue. */

const DEV_FILE = 'environments/dev/environment.yaml';
const PROD_FILE = 'environments/prod/environment.yaml';
const DEV_PLACEMENT = 'environments/dev/pipelines/order-processor/placement.yaml';
const PROD_PLACEMENT = 'environments/prod/pipelines/order-processor/placement.yaml';
const DEV_JOB = 'environments/dev/pipelines/order-processor/flink/';
const PROD_JOB = 'environments/prod/pipelines/order-processor/flink/';
const DEV = 'environments/dev/flink/';
const PROD = 'environments/prod/flink/';

/** The example with more lines under `flink` of an environment, and with more at the end of some files. */
function withFlink(more: { readonly dev?: string; readonly prod?: string }, ends: Texts = {}, example: Texts = EXAMPLE): Texts {
  const text = (path: string) => example[path] ?? '';
  const dev = text(DEV_FILE).replace('flink:\n', `flink:\n${more.dev ?? ''}`);
  const prod = text(PROD_FILE).replace(
    /flink: \{(.*)\}\n/,
    (_line, fields: string) => `flink: {${fields}${more.prod === undefined ? '' : `, ${more.prod}`}}\n`,
  );
  const texts: Texts = { ...example, [DEV_FILE]: dev, [PROD_FILE]: prod };
  return { ...texts, ...Object.fromEntries(Object.entries(ends).map(([path, end]) => [path, `${texts[path] ?? ''}${end}`])) };
}

/** The example with settings of the job's own in its release. */
function withJobSettings(settings: string, texts: Texts = EXAMPLE): Texts {
  const before = 'flinkConfiguration: {execution.checkpointing.interval: 60s}';
  return released(
    { ...texts, [ORDER_PROCESSOR]: (texts[ORDER_PROCESSOR] ?? '').replace(before, `flinkConfiguration: {${settings}}`) },
    'order-processor',
    '1.4.0',
  );
}

const settingsOf = (body: unknown) => record(at(body, 'spec', 'flinkConfiguration'));
const session = (repository: Repository, name = 'orders-session') => repository.one('FlinkDeployment', DEV, name);
const sessionJob = (repository: Repository) => repository.one('FlinkSessionJob', DEV_JOB);
const application = (repository: Repository) => repository.one('FlinkDeployment', PROD_JOB);

/** A job's settings as the cluster sees them: the base's, and over it the overlay's. */
function applied(repository: Repository, base: string, overlay: unknown, kind: string): Readonly<Record<string, unknown>> {
  return { ...settingsOf(repository.one(kind, `apps/order-processor/${base}/`)), ...settingsOf(overlay) };
}
const applicationSettings = (repository: Repository) => applied(repository, 'releases/1.4.0/application', application(repository), 'FlinkDeployment');
const sessionJobSettings = (repository: Repository) => applied(repository, 'next/session', sessionJob(repository), 'FlinkSessionJob');

const example = new Repository(EXAMPLE);
const everything = new Repository(EVERYTHING);

describe('object storage', () => {
  it.each([
    ['s3://my-bucket/dev', 'flink-s3-fs-presto'],
    ['s3p://my-bucket/dev', 'flink-s3-fs-presto'],
    ['s3a://my-bucket/dev', 'flink-s3-fs-hadoop'],
    ['gs://my-bucket/dev', 'flink-gs-fs-hadoop'],
    ['abfs://flink@account.dfs.core.windows.net/dev', 'flink-azure-fs-hadoop'],
    ['abfss://flink@account.dfs.core.windows.net', 'flink-azure-fs-hadoop'],
    ['wasbs://flink@account.blob.core.windows.net/dev', 'flink-azure-fs-hadoop'],
    ['oss://my-bucket/dev', 'flink-oss-fs-hadoop'],
  ])('R47: a session on %s loads %s, of the version of its image', (storage, plugin) => {
    for (const version of flinkVersions) {
      const dev = (EXAMPLE[DEV_FILE] ?? '').replace('s3://my-bucket/dev', storage).replace('v2_2', version);
      const pipeline = (EXAMPLE[ORDER_PROCESSOR] ?? '').replace('v2_2', version);
      const container = at(
        session(new Repository({ ...EXAMPLE, [DEV_FILE]: dev, [ORDER_PROCESSOR]: pipeline })),
        'spec',
        'podTemplate',
        'spec',
        'containers',
        0,
      );
      expect(at(container, 'env')).toEqual([{ name: 'ENABLE_BUILT_IN_PLUGINS', value: `${plugin}-${platform('2026.11').flink[version]?.version ?? ''}.jar` }]);
    }
  });

  it('R47: what Flink opens without a plugin loads none', () => {
    const dev = (EXAMPLE[DEV_FILE] ?? '').replace('s3://my-bucket/dev', 'hdfs://namenode/dev');
    expect(at(session(new Repository({ ...EXAMPLE, [DEV_FILE]: dev })), 'spec', 'podTemplate', 'spec', 'containers', 0, 'env')).toBeUndefined();
  });

  it('R47: the image of an application has the plugin of every storage that it may run on', () => {
    const dockerfile = (...storages: readonly string[]) =>
      jobProject({ pipeline: 'p', job: 'j', package: 'com.acme', flinkVersion: 'v2_2', input: 'a', output: 'b', storages }).get('Dockerfile') ?? '';
    const plugins = (text: string) => Array.from(text.matchAll(/^RUN mkdir -p \/opt\/flink\/plugins\/(\S+)/gm), ([, plugin]) => plugin);
    expect(plugins(dockerfile('s3://a/dev', 's3://b/prod'))).toEqual(['flink-s3-fs-presto']);
    expect(plugins(dockerfile('s3://a/dev', 'gs://b/prod', 'abfss://c@d.example'))).toEqual([
      'flink-azure-fs-hadoop',
      'flink-gs-fs-hadoop',
      'flink-s3-fs-presto',
    ]);
    // Before the first environment.
    expect(plugins(dockerfile())).toEqual(['flink-s3-fs-presto']);
    expect(dockerfile('hdfs://namenode/dev')).not.toContain('/opt/flink/plugins');
  });

  it("R47: a team's identity is on the service account of its jobs, and of no other team's", () => {
    const account = (namespace: string) => at(everything.all('ServiceAccount', `${DEV}access-${namespace}.yaml`)[0], 'metadata', 'annotations');
    expect(account('pay-dev')).toEqual({ 'argocd.argoproj.io/sync-wave': '-35', 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/payments' });
    expect(account('flink')).toEqual({ 'argocd.argoproj.io/sync-wave': '-35' });
  });

  it("R47: where the cloud asks for labels, the pods of a team's sessions and applications have them", () => {
    const labels = (body: unknown) => at(body, 'spec', 'podTemplate', 'metadata', 'labels');
    expect(labels(session(everything, 'payments-session'))).toEqual({ team: 'yes' });
    expect(labels(session(everything))).toBeUndefined();
    const staging = 'environments/staging/pipelines/';
    expect(labels(everything.one('FlinkDeployment', `${staging}payments/flink/job-payments.yaml`))).toEqual({ 'azure.workload.identity/use': 'true' });
    expect(labels(everything.one('FlinkDeployment', `${staging}order-processor/flink/`))).toBeUndefined();
  });

  it("R47: Hadoop's S3 is told to read the token of the service account, Presto's finds it by itself", () => {
    const identity = 'identities: {orders: {serviceAccountAnnotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::1:role/orders"}}}';
    const hadoop = { 'fs.s3a.aws.credentials.provider': 'com.amazonaws.auth.WebIdentityTokenCredentialsProvider' };
    const presto = new Repository(withFlink({ dev: `  ${identity}\n`, prod: identity }));
    for (const body of [session(presto), application(presto)]) expect(settingsOf(body)).not.toMatchObject(hadoop);
    const onHadoop = Object.fromEntries(
      Object.entries(withFlink({ dev: `  ${identity}\n`, prod: identity })).map(([path, text]) => [path, text.replace('s3://', 's3a://')]),
    );
    const s3a = new Repository(onHadoop);
    for (const body of [session(s3a), application(s3a)]) expect(settingsOf(body)).toMatchObject(hadoop);
  });
});

describe('settings of an environment', () => {
  const setting = 'execution.checkpointing.interval';
  /** The interval that a session's job and an application get, with some of the places that may name it. */
  const intervals = (places: { readonly environment?: string; readonly session?: string; readonly release?: string; readonly placement?: string }) => {
    const said = (value: string | undefined) => (value === undefined ? '' : `{${setting}: ${value}}`);
    const own = (value: string | undefined) => (value === undefined ? '' : `jobs:\n  order-processor:\n    flinkConfiguration: ${said(value)}\n`);
    const environment =
      places.environment === undefined
        ? {}
        : { dev: `  flinkConfiguration: ${said(places.environment)}\n`, prod: `flinkConfiguration: ${said(places.environment)}` };
    const example = withJobSettings(places.release === undefined ? '' : `${setting}: ${places.release}`);
    const texts = withFlink(
      environment,
      { [DEV_PLACEMENT]: own(places.placement) },
      { ...example, [PROD_PLACEMENT]: `release: 1.4.0\n${own(places.placement)}` },
    );
    const dev = (texts[DEV_FILE] ?? '').replace('slots: 4}', `slots: 4${places.session === undefined ? '' : `, flinkConfiguration: ${said(places.session)}`}}`);
    const repository = new Repository({ ...texts, [DEV_FILE]: dev });
    return { session: sessionJobSettings(repository)[setting], application: applicationSettings(repository)[setting] };
  };

  it('R31: the more somebody is about the job, the more of a say he has: Millrace, environment, session, release, placement', () => {
    expect(intervals({})).toEqual({ session: '60s', application: '60s' });
    expect(intervals({ environment: '1s' })).toEqual({ session: '1s', application: '1s' });
    expect(intervals({ environment: '1s', session: '2s' })).toEqual({ session: '2s', application: '1s' });
    expect(intervals({ environment: '1s', session: '2s', release: '3s' })).toEqual({ session: '3s', application: '3s' });
    expect(intervals({ environment: '1s', session: '2s', release: '3s', placement: '4s' })).toEqual({ session: '4s', application: '4s' });
  });

  it('R31: what the release says wins over what the environment gives every job', () => {
    const off = 'kubernetes.operator.job.savepoint-on-deletion';
    const repository = new Repository(withJobSettings(`${off}: "false"`));
    expect(applicationSettings(repository)[off]).toBe('false');
    expect(sessionJobSettings(repository)[off]).toBe('false');
  });

  it('R36: what belongs to the cluster is in the session, not in its jobs', () => {
    const repository = new Repository(withFlink({ dev: '  flinkConfiguration: {s3.endpoint: "https://minio.storage.svc:9000"}\n' }));
    expect(settingsOf(session(repository))['s3.endpoint']).toBe('https://minio.storage.svc:9000');
    expect(settingsOf(sessionJob(repository))).not.toHaveProperty('s3.endpoint');
  });

  it('R30: an older Flink gets a setting by the name that it knows', () => {
    const texts = withFlink({ dev: '  flinkConfiguration: {execution.checkpointing.num-retained: 7}\n' });
    const dev = (texts[DEV_FILE] ?? '').replace('{orders-session:', '{orders-old: {team: orders, flinkVersion: v1_19}, orders-session:');
    const repository = new Repository({ ...texts, [DEV_FILE]: dev });
    expect(settingsOf(session(repository, 'orders-old'))).toMatchObject({ 'state.checkpoints.num-retained': '7' });
    expect(settingsOf(session(repository))).toMatchObject({ 'execution.checkpointing.num-retained': '7' });
  });
});

const environmentsOf = (repository: Repository) => [...new Set(repository.resources.flatMap(({ path }) => /^environments\/[^/]+\//.exec(path)?.[0] ?? []))];

describe('network policies', () => {
  const policy = (repository: Repository, folder: string, namespace = 'flink') => repository.one('NetworkPolicy', `${folder}network-${namespace}.yaml`);
  const rules = (body: unknown, direction: 'ingress' | 'egress') => list(at(body, 'spec', direction));
  const ports = (rule: unknown) => list(at(rule, 'ports')).map((port) => at(port, 'port'));
  const flinksPods = { podSelector: { matchLabels: { type: 'flink-native-kubernetes' } } };
  const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
  const PINNED = {
    'taskmanager.data.port': '6121',
    'taskmanager.rpc.port': '6122',
    'jobmanager.rpc.port': '6123',
    'blob.server.port': '6124',
    'metrics.internal.query-service.port': '6125',
  };

  it('R80: every session and application has its ports pinned, and the policy of its namespace lets its pods reach each other there', () => {
    for (const repository of [example, everything]) {
      const clusters = repository.resources.filter(
        ({ kind, path }) => kind === 'FlinkDeployment' && path.startsWith('environments/') && !path.includes('/without-'),
      );
      expect(clusters.length).toBeGreaterThan(2);
      for (const { body, path } of clusters) expect(settingsOf(body), path).toMatchObject(PINNED);
      const policies = environmentsOf(repository).flatMap((environment) => repository.all('NetworkPolicy', `${environment}flink/`));
      expect(policies.length).toBeGreaterThan(2);
      for (const body of policies) {
        expect(at(body, 'spec', 'podSelector')).toEqual(flinksPods.podSelector);
        expect(at(body, 'spec', 'policyTypes')).toEqual(['Ingress', 'Egress']);
        for (const direction of ['ingress', 'egress'] as const) {
          const [first] = rules(body, direction);
          expect(at(first, direction === 'ingress' ? 'from' : 'to')).toEqual([flinksPods]);
          expect(ports(first).map(String)).toEqual(Object.values(PINNED));
        }
      }
    }
  });

  it('R80, R48: the operator and nobody else reaches the REST endpoint, Prometheus the metrics where it is there', () => {
    expect(rules(policy(example, PROD), 'ingress').slice(1)).toEqual([{ from: [inNamespace('flink-operator')], ports: [{ port: 8081 }] }]);
    expect(rules(policy(everything, DEV), 'ingress').slice(1)).toEqual([
      { from: [inNamespace('flink-operator')], ports: [{ port: 8081 }] },
      { from: [inNamespace('prometheus')], ports: [{ port: 9249 }] },
    ]);
    const elsewhere = new Repository(withFlink({}, { [PROD_FILE]: 'operators: {flink: {namespace: flink-system}}\n' }));
    expect(at(rules(policy(elsewhere, PROD), 'ingress')[1], 'from')).toEqual([inNamespace('flink-system')]);
  });

  it('R80: jobs reach DNS, the brokers, object storage and the API server', () => {
    const [, dns, kafka, ...rest] = rules(policy(example, PROD), 'egress');
    expect(list(at(dns, 'ports'))).toEqual(expect.arrayContaining([{ port: 53 }, { port: 53, protocol: 'UDP' }]));
    expect(kafka).toEqual({
      to: [{ ...inNamespace('kafka'), podSelector: { matchLabels: { 'strimzi.io/cluster': 'kafka-cluster' } } }],
      ports: [{ port: 9093 }],
    });
    // The last is the agent of EKS Pod Identity.
    expect(rest).toEqual([{ ports: [{ port: 443 }, { port: 6443 }] }, { to: [{ ipBlock: { cidr: '169.254.170.23/32' } }], ports: [{ port: 80 }] }]);
  });

  it('R80: and whatever else is declared: further Kafkas, ours and others, a registry, an object storage of its own, addresses', () => {
    const declared = `schemaRegistry: {url: "http://schemas.acme.example:8085"}
kafkaClusters: {analytics: {cluster: analytics, namespace: kafka-analytics, brokers: {replicas: 1, storage: {class: a, size: 1Gi}}}}
externalKafka:
  partner: {bootstrapServers: ["b-1.partner.example:9096", "b-2.partner.example:9096"], addresses: [10.9.0.0/24], credentials: {secretStore: {name: a}, path: a}}
  elsewhere: {bootstrapServers: ["kafka.elsewhere.example:9092"], credentials: {secretStore: {name: a}, path: a}}
`;
    const flink = 'flinkConfiguration: {s3.endpoint: "http://minio.storage.svc:9000"}, egress: [{cidr: 10.20.0.0/16, ports: [5432, 443]}]';
    const [, , ...outside] = rules(policy(new Repository(withFlink({ prod: flink }, { [PROD_FILE]: declared })), PROD), 'egress');
    const brokers = (namespace: string, cluster: string) => ({
      to: [{ ...inNamespace(namespace), podSelector: { matchLabels: { 'strimzi.io/cluster': cluster } } }],
      ports: [{ port: 9093 }],
    });
    expect(outside).toEqual([
      brokers('kafka', 'kafka-cluster'),
      brokers('kafka-analytics', 'analytics'),
      { ports: [{ port: 443 }, { port: 6443 }, { port: 8085 }, { port: 9000 }] },
      { to: [{ ipBlock: { cidr: '169.254.170.23/32' } }], ports: [{ port: 80 }] },
      { ports: [{ port: 9092 }] },
      { to: [{ ipBlock: { cidr: '10.9.0.0/24' } }], ports: [{ port: 9096 }] },
      { to: [{ ipBlock: { cidr: '10.20.0.0/16' } }], ports: [{ port: 443 }, { port: 5432 }] },
    ]);
  });

  it.each([
    ['http://minio.storage.svc', 80],
    ['https://minio.storage.svc', 443],
    ['minio.storage.svc:9000', 9000],
    ['minio.storage.svc', 443],
  ])('R80: an object storage at %s is reached at %i', (endpoint, port) => {
    for (const key of ['s3.endpoint', 'fs.s3a.endpoint', 'presto.s3.endpoint', 'fs.oss.endpoint']) {
      const [, , , anywhere] = rules(policy(new Repository(withFlink({ prod: `flinkConfiguration: {${key}: "${endpoint}"}` })), PROD), 'egress');
      expect(ports(anywhere)).toEqual([...new Set([443, 6443, port])].sort((a, b) => a - b));
    }
  });

  it("R80: Google's clusters give out identities at the metadata server", () => {
    const texts = { ...EXAMPLE, [PROD_FILE]: (EXAMPLE[PROD_FILE] ?? '').replace('s3://', 'gs://') };
    expect(rules(policy(new Repository(texts), PROD), 'egress').slice(-2)).toEqual([
      { to: [{ ipBlock: { cidr: '169.254.169.252/32' } }], ports: [{ port: 988 }] },
      { to: [{ ipBlock: { cidr: '169.254.169.254/32' } }], ports: [{ port: 80 }] },
    ]);
  });

  it('R80: there are none where somebody else writes them', () => {
    const repository = new Repository(withFlink({ prod: 'networkPolicies: false' }));
    expect(repository.ofKind('NetworkPolicy', 'environments/prod/flink/')).toEqual([]);
    expect(repository.all('NetworkPolicy', 'environments/dev/flink/')).toHaveLength(1);
    // Who turns them on restarts no job.
    expect(settingsOf(application(repository))).toEqual(settingsOf(application(example)));
  });
});

describe('the autoscaler', () => {
  const placed = (autoscaler: string) => `jobs:\n  order-processor:\n    parallelism: 4\n    autoscaler: {${autoscaler}}\n`;
  const scaled = (autoscaler: string) =>
    new Repository({ ...EXAMPLE, [DEV_PLACEMENT]: `release: next\n${placed(autoscaler)}`, [PROD_PLACEMENT]: `release: 1.4.0\n${placed(autoscaler)}` });
  const options = (body: unknown) => Object.fromEntries(Object.entries(settingsOf(body)).filter(([key]) => /autoscaler|scheduler/.test(key)));

  it('R40: keeps to its own limits, in a session and in an application, where it scales in place', () => {
    const repository = scaled('minParallelism: 2, maxParallelism: 40, utilization: 0.6, stabilizationInterval: 1m, metricsWindow: 10m');
    const wanted = {
      'job.autoscaler.enabled': 'true',
      'job.autoscaler.vertex.min-parallelism': '2',
      'job.autoscaler.vertex.max-parallelism': '40',
      'job.autoscaler.utilization.target': '0.6',
      'job.autoscaler.stabilization.interval': '1m',
      'job.autoscaler.metrics.window': '10m',
    };
    expect(options(sessionJob(repository))).toEqual(wanted);
    expect(options(application(repository))).toEqual({ ...wanted, 'jobmanager.scheduler': 'adaptive' });
  });

  it('R40: has bounds that a job can be beyond, whatever its aim', () => {
    const bounds = (utilization: string) => {
      const settings = settingsOf(application(scaled(`maxParallelism: 40, utilization: ${utilization}`)));
      return [settings['job.autoscaler.utilization.min'], settings['job.autoscaler.utilization.max']];
    };
    expect(bounds('0.7')).toEqual([undefined, undefined]);
    expect(bounds('0.9')).toEqual([undefined, '1.0']);
    expect(bounds('0.2')).toEqual(['0.0', undefined]);
  });

  it('R40: is off unless a placement turns it on, changes nothing of a session cluster, and what it finds is not in git', () => {
    const repository = scaled('maxParallelism: 40');
    for (const body of [sessionJob(example), application(example)]) expect(options(body)).toEqual({});
    expect(session(repository)).toEqual(session(example));
    for (const [path, text] of repository.files) expect(text, path).not.toContain('jobvertex-parallelism-overrides');
  });
});

describe('savepoints', () => {
  const SAVEPOINTS = {
    'kubernetes.operator.periodic.savepoint.interval': '6h',
    'kubernetes.operator.savepoint.history.max.count': '20',
    'kubernetes.operator.savepoint.history.max.age': '7d',
    'kubernetes.operator.savepoint.dispose-on-delete': 'true',
  };

  it('R38: are taken of every job at intervals, kept so many and so long, and not in the storage for ever', () => {
    const periodic = 'periodicSavepoints: {interval: 6h, maxCount: 20}';
    const repository = new Repository(withFlink({ dev: `  ${periodic}\n`, prod: periodic }));
    for (const body of [sessionJob(repository), application(repository)]) expect(settingsOf(body)).toMatchObject(SAVEPOINTS);
    for (const body of [sessionJob(example), application(example)]) {
      expect(Object.keys(settingsOf(body)).filter((key) => key.startsWith('kubernetes.operator.periodic') || key.includes('history'))).toEqual([]);
    }
  });

  it('R37: are taken before a job is deleted, with whatever else is declared', () => {
    const jobs = everything.resources.filter(({ kind, path }) => /^Flink(?:Deployment|SessionJob)$/.test(kind) && /\/pipelines\/.*\/job-/.test(path));
    expect(jobs.length).toBeGreaterThan(4);
    for (const { body, path } of jobs) expect(settingsOf(body), path).toMatchObject({ 'kubernetes.operator.job.savepoint-on-deletion': 'true' });
  });
});

describe('several session clusters of a team', () => {
  it('R36: a job runs in the one that its placement names, else in the first of its Flink version', () => {
    const dev = 'environments/dev/pipelines/payments/flink/';
    const cluster = (job: string) => at(everything.one('FlinkSessionJob', `${dev}job-${job}.yaml`), 'spec', 'deploymentName');
    expect(cluster('payments')).toBe('payments-session');
    expect(cluster('archive')).toBe('payments-old');
    const elsewhere = new Repository({ ...EVERYTHING, 'environments/dev/pipelines/payments/placement.yaml': 'release: next\n' });
    expect(at(elsewhere.one('FlinkSessionJob', `${dev}job-payments.yaml`), 'spec', 'deploymentName')).toBe('payments-large');
  });

  it('R71: the credentials of a user are in every session cluster that jobs of his run in', () => {
    const dev = 'environments/dev/pipelines/payments/flink/';
    const targets = everything.all('ExternalSecret', `${dev}credentials-payments-app`).map((body) => at(body, 'spec', 'target', 'name'));
    // The job that is switched off would run in the first one.
    expect(targets.sort()).toEqual(['payments-large-credentials', 'payments-old-credentials', 'payments-session-credentials']);
  });

  it('R24: each has the image of its own Flink', () => {
    const images = (name: string) => [at(session(everything, name), 'spec', 'flinkVersion'), at(session(everything, name), 'spec', 'image')];
    const { flink } = platform('2026.11');
    expect(images('payments-large')).toEqual(['v2_2', flink.v2_2?.image]);
    expect(images('payments-old')).toEqual(['v1_19', flink.v1_19?.image]);
  });
});

describe('pods', () => {
  const METRICS = [{ name: 'metrics', containerPort: 9249 }];
  const container = (body: unknown) => at(body, 'spec', 'podTemplate', 'spec', 'containers', 0);

  it('R82: tell their metrics at a port with a name where there is somebody to ask, in sessions and applications', () => {
    const reporter = {
      'metrics.reporter.prom.factory.class': 'org.apache.flink.metrics.prometheus.PrometheusReporterFactory',
      'metrics.reporter.prom.port': '9249',
    };
    const observed = [session(everything), everything.one('FlinkDeployment', 'environments/staging/pipelines/order-processor/flink/')];
    for (const body of observed) {
      expect(settingsOf(body)).toMatchObject(reporter);
      expect(at(container(body), 'ports')).toEqual(METRICS);
    }
    for (const body of [session(example), application(example)]) {
      expect(Object.keys(settingsOf(body)).filter((key) => key.startsWith('metrics.reporter'))).toEqual([]);
      expect(at(container(body), 'ports')).toBeUndefined();
    }
  });

  it('R46: lists of their templates are merged by name, so that a patch of the JobManager or the TaskManagers adds to them', () => {
    for (const body of [session(example), application(example)]) {
      expect(settingsOf(body)).toMatchObject({ 'kubernetes.operator.pod-template.merge-arrays-by-name': 'true' });
    }
  });

  it('R47, R81: write into their own file system, where plugins are copied to, and into nothing of the node', () => {
    for (const body of [...example.all('FlinkDeployment', 'environments/'), ...everything.all('FlinkDeployment', 'environments/')]) {
      if (at(body, 'spec') === undefined) continue;
      expect(at(container(body), 'securityContext')).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
      for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) expect(at(body, 'spec', 'podTemplate', 'spec', field)).toBeUndefined();
      for (const volume of list(at(body, 'spec', 'podTemplate', 'spec', 'volumes'))) expect(Object.keys(record(volume)).sort()).toEqual(['name', 'projected']);
    }
  });
});

import { describe, expect, it } from 'vitest';

import { isEmpty } from '../changes.js';
import { memoryFiles } from '../files/memory.js';
import { textAt, withFiles } from '../repository.fixture.js';
import { optionsOf } from '../option.js';
import { planCommand } from '../run-command.js';
import { after, EXAMPLE, repository, type Repository, type Step } from '../testing.js';
import { editCommands } from './index.js';

const DIGEST = 'ab'.repeat(32);
const example = repository(EXAMPLE);
/** The example before its pipeline. */
const platform = repository(EXAMPLE.slice(0, 8));
/** The example with applications in dev too. */
const applications = repository(
  EXAMPLE.map(([command, options]): Step => [command, command === 'environment' && options['name'] === 'dev' ? { ...options, mode: 'application' } : options]),
);

const withReturns = after(example, 'topic', { name: 'returns', pipeline: 'order-processor' });

/** Each command in several forms, on a repository in which it has something to do. */
const forms: readonly (readonly [what: string, command: string, options: Readonly<Record<string, unknown>>, start: Repository])[] = [
  ['init', 'init', { repository: 'git@git.acme.example:platform/streaming.git', branch: 'trunk', argocdNamespace: 'gitops' }, new Map()],
  ['init in a folder of a repository', 'init', { repository: 'https://git.acme.example/other.git', path: 'platform/streaming' }, new Map()],
  ['init with another URL', 'init', { repository: 'https://git.acme.example/other.git' }, example],
  ['team', 'team', { name: 'billing', namespace: 'billing' }, example],
  ['team with a namespace of its own in one environment', 'team', { name: 'billing', namespace: 'billing', namespaceIn: ['prod=billing-prod'] }, example],
  ['team that moves while nothing of it runs', 'team', { name: 'orders', namespace: 'orders' }, platform],
  ['the first environment', 'environment', { name: 'dev', mode: 'session', storage: 's3://my-bucket/dev' }, repository(EXAMPLE.slice(0, 2))],
  [
    'environment on a shared cluster',
    'environment',
    {
      name: 'test',
      promotesFrom: 'dev',
      mode: 'session',
      storage: 's3://my-bucket/test',
      server: 'https://k8s.acme.example:6443',
      cluster: 'eu-1',
      operators: 'provided',
      flinkVersion: 'v1_20',
      namespace: ['orders=flink-test'],
    },
    example,
  ],
  [
    'an operator in every respect',
    'operator',
    {
      name: 'flink',
      environment: 'prod',
      managed: true,
      namespace: 'flink-system',
      replicas: 2,
      memory: '1Gi',
      cpu: '0.5',
      chart: 'oci://registry.acme.example/charts',
      crds: 'https://git.acme.example/mirrors/flink-kubernetes-operator.git',
      watch: 'cluster',
      webhook: false,
      artifactSchemes: ['https', 's3'],
      privateHosts: true,
    },
    example,
  ],
  ['an operator that others keep', 'operator', { name: 'cert-manager', environment: 'prod', managed: false }, example],
  [
    'environment of an older platform',
    'environment',
    { name: 'qa', promotesFrom: 'dev', mode: 'application', storage: 's3://my-bucket/qa', platform: '2026.08' },
    example,
  ],
  ['kafka-cluster', 'kafka-cluster', { name: 'kafka', environment: 'dev', storageClass: 'fast', storageSize: '1Ti' }, repository(EXAMPLE.slice(0, 3))],
  [
    'kafka-cluster with controllers',
    'kafka-cluster',
    {
      name: 'main',
      environment: 'dev',
      namespace: 'streaming',
      brokers: 5,
      controllers: 3,
      storageClass: 'fast',
      storageSize: '1Ti',
      controllerStorageSize: '5Gi',
      topicReplicas: 2,
    },
    repository(EXAMPLE.slice(0, 3)),
  ],
  [
    'kafka-cluster with all that a flag says',
    'kafka-cluster',
    {
      name: 'kafka-cluster',
      environment: 'prod',
      storageClass: 'fast-ssd',
      storageSize: '100Gi',
      memory: '8Gi',
      cpu: '2',
      heap: '4Gi',
      rack: 'topology.kubernetes.io/zone',
      cruiseControl: true,
      maintenanceWindow: '* * 2-4 ? * SUN,MON *',
      kafkaVersion: '4.3.0',
      metadataVersion: '4.3-IV0',
      topicConfig: ['retention.ms=604800000', 'cleanup.policy=compact,delete'],
    },
    platform,
  ],
  [
    'a further kafka-cluster',
    'kafka-cluster',
    { name: 'analytics', as: 'analytics', environment: 'prod', brokers: 3, controllers: 1, storageClass: 'fast', storageSize: '1Ti' },
    platform,
  ],
  ['a pipeline of a name and a team', 'pipeline', { name: 'billing', team: 'orders' }, platform],
  [
    'pipeline in one go',
    'pipeline',
    {
      name: 'billing',
      team: 'orders',
      topics: ['invoices', 'payments'],
      partitions: 6,
      user: 'billing',
      job: 'invoice-matcher',
      reads: ['invoices', 'orders'],
      writes: ['payments'],
      consumerGroup: 'billing.matcher',
      deliveryGuarantee: 'at-least-once',
      maxParallelism: 240,
      flinkConfiguration: ['execution.checkpointing.interval=10s', 'a.b=c=d,e'],
      package: 'com.acme.billing',
    },
    example,
  ],
  ['pipeline of an older Flink', 'pipeline', { name: 'billing', team: 'orders', job: 'matcher', reads: ['orders'], flinkVersion: 'v2_2' }, example],
  ['topic', 'topic', { name: 'returns', pipeline: 'order-processor' }, example],
  [
    'topic with a name of its own',
    'topic',
    { name: 'returns', pipeline: 'order-processor', partitions: 4, topicName: 'Shop.returns_v1', config: ['retention.ms=9223372036854775807', 'x=yes'] },
    example,
  ],
  ['topic with more partitions', 'topic', { name: 'orders', pipeline: 'order-processor', partitions: 20 }, example],
  ['user that reads in a group', 'user', { name: 'shop', pipeline: 'order-processor', reads: ['orders'], consumerGroup: 'shop.readers' }, example],
  ['user', 'user', { name: 'shop', pipeline: 'order-processor' }, example],
  ['user that reads and writes', 'user', { name: 'shop', pipeline: 'order-processor', reads: ['order-totals'], writes: ['orders'] }, example],
  [
    'flink-job',
    'flink-job',
    {
      name: 'auditor',
      pipeline: 'order-processor',
      user: 'flink-app',
      reads: ['orders'],
      writes: ['order-totals'],
      consumerGroup: 'auditor',
      flinkVersion: 'v2_1',
    },
    example,
  ],
  [
    'flink-job with all its settings',
    'flink-job',
    {
      name: 'auditor',
      pipeline: 'order-processor',
      user: 'flink-app',
      reads: ['orders'],
      writes: ['order-totals'],
      consumerGroup: 'auditor',
      deliveryGuarantee: 'at-least-once',
      maxParallelism: 240,
      flinkConfiguration: ['execution.checkpointing.interval=10s'],
      package: 'com.acme.audit',
    },
    example,
  ],
  ['flink-job that only reads', 'flink-job', { name: 'auditor', pipeline: 'order-processor', user: 'flink-app', reads: ['orders'] }, example],
  ['artifact', 'artifact', { pipeline: 'order-processor', image: `ghcr.io/acme/x@sha256:${DIGEST}`, entryClass: 'com.acme.Main' }, example],
  [
    'artifact for one job',
    'artifact',
    { pipeline: 'order-processor', jobs: ['order-processor'], jarUri: 'https://a.example/b.jar', jarSha256: DIGEST },
    example,
  ],
  [
    'platform',
    'platform',
    { name: '2026.11', environment: 'dev' },
    repository([
      ['init', { repository: 'https://git.acme.example/a.git' }],
      ['environment', { name: 'dev', mode: 'application', storage: 's3://my-bucket/dev', platform: '2026.08' }],
      ['kafka-cluster', { name: 'kafka', environment: 'dev', storageClass: 'fast', storageSize: '1Ti' }],
    ]),
  ],
  ['session', 'session', { name: 'orders-large', environment: 'dev', team: 'orders' }, example],
  [
    'session of another Flink, with all its sizes',
    'session',
    {
      name: 'orders-old',
      environment: 'dev',
      team: 'orders',
      flinkVersion: 'v1_20',
      slots: 8,
      taskManagerMemory: '8192m',
      taskManagerCpu: 2,
      jobManagerMemory: '1g',
      jobManagerCpu: 0.5,
      scheduler: 'adaptive',
    },
    example,
  ],
  ['session that grows', 'session', { name: 'orders-session', environment: 'dev', taskManagerMemory: '8192m' }, example],
  ['resize', 'resize', { pipeline: 'order-processor', environment: 'dev', parallelism: 4 }, example],
  [
    'resize of an application',
    'resize',
    {
      pipeline: 'order-processor',
      environment: 'dev',
      job: 'order-processor',
      parallelism: 4,
      slots: 2,
      taskManagerMemory: '4096m',
      taskManagerCpu: 0.5,
      autoscaleMin: 2,
      autoscaleMax: 40,
    },
    applications,
  ],
  ['resize with the autoscaler alone', 'resize', { pipeline: 'order-processor', environment: 'dev', autoscaleMax: 12 }, example],
  ['resize into another session', 'resize', { pipeline: 'order-processor', environment: 'dev', session: 'orders-session' }, example],
  ['remove a topic, first step', 'remove', { kind: 'topic', name: 'returns', pipeline: 'order-processor' }, withReturns],
  [
    'remove a topic, second step',
    'remove',
    { kind: 'topic', name: 'returns', pipeline: 'order-processor', finish: true },
    after(withReturns, 'remove', { kind: 'topic', name: 'returns', pipeline: 'order-processor' }),
  ],
  ['remove a topic with its data', 'remove', { kind: 'topic', name: 'returns', pipeline: 'order-processor', deleteData: true }, withReturns],
  ['remove a placement', 'remove', { kind: 'placement', name: 'order-processor', environment: 'dev', deleteData: true }, example],
];

function plan(files: Repository, command: string, options: Readonly<Record<string, unknown>>) {
  const value = editCommands.find(({ name }) => name === command);
  if (value === undefined) throw new Error(`there is no ${command}`);
  return planCommand(memoryFiles(files), value, options);
}

describe('a command that is run twice', () => {
  it('is tried for every command', () => {
    // Where one layout ships there is nothing to migrate to: migrate.spec.ts tries that with a second one.
    expect(new Set([...forms.map(([, command]) => command), 'migrate'])).toEqual(new Set(editCommands.map(({ name }) => name)));
  });

  it('is tried with every option of every command', () => {
    // There is nothing to migrate to where one layout ships: see migrate.spec.
    const untried = editCommands
      .filter(({ name }) => name !== 'migrate')
      .flatMap((command) => {
        const tried = new Set(forms.flatMap(([, name, options]) => (name === command.name ? Object.keys(options) : [])));
        return optionsOf(command).flatMap(({ name }) => (tried.has(name) ? [] : [`${command.name} ${name}`]));
      });
    expect(untried).toEqual([]);
  });

  it.each(forms)('changes nothing the second time: %s', (_what, command, options, start) => {
    expect(isEmpty(plan(start, command, options).changes)).toBe(false);
    expect(plan(after(start, command, options), command, options).changes).toEqual({ create: [], update: [], delete: [], refused: [] });
  });
});

const PIPELINE = 'apps/order-processor/pipeline.yaml';
const DEV = 'environments/dev/environment.yaml';
const PLACEMENT = 'environments/dev/pipelines/order-processor/placement.yaml';

/** The example as people leave it: indented, quoted, commented, in flow and block style, each to his taste. */
const byHand = withFiles(example, {
  'millrace.yaml': `# Streaming at ACME. Questions: #platform
repository: {url: 'https://git.acme.example/platform/streaming.git', branch: main}   # the only one

teams:
  # who pays for it
  orders: {namespace: flink} # cost centre 12
`,
  [PIPELINE]: `# Orders, from the shop to the totals.

pipeline: order-processor   # as the folder
team: orders

topics:
    # one record for each order
    orders: {partitions: 10, config: {retention.ms: "604800000"}}   # a week
    order-totals:
        partitions: 10      # as many as orders

users: {flink-app: {}}  # one will do

jobs:
    order-processor:
        user: 'flink-app'
        flinkVersion: "v2_2"
        artifact: {entryClass: com.acme.orders.OrderProcessor, jar: {uri: "https://a.example/b.jar", sha256: "${DIGEST}"}}
        reads: {orders: {consumerGroup: order-processor-group}}
        writes:
            order-totals: {deliveryGuarantee: exactly-once}   # totals must add up
        maxParallelism: 120 # never lower it
# the end
`,
  [DEV]: `environment: dev
layout: 1
platform: "2026.11"
cluster: {server: https://kubernetes.default.svc, operators: managed}  # kind, on the laptop
kafka:
  cluster: kafka-cluster
  namespace: kafka
  brokers:
    replicas: 1        # it is only dev
    storage: {class: standard, size: 10Gi}
  topicDefaults: {replicas: 1}

flink:
  mode: session
  storage: s3://my-bucket/dev
  sessions:
    # one for each team
    orders-session: {team: orders, flinkVersion: v2_2, slots: 4}
credentials: external-secrets
`,
  [PLACEMENT]: `release: next   # follows pipeline.yaml

jobs:
    order-processor:
        # enough for a laptop
        parallelism: 1
`,
});

/** Line by line: what a command took out of a file and what it put in. */
function lines(before: string, now: string): { readonly out: readonly string[]; readonly in: readonly string[] } {
  const [old, recent] = [before.split('\n'), now.split('\n')];
  return { out: old.filter((line) => !recent.includes(line)), in: recent.filter((line) => !old.includes(line)) };
}

describe("a person's file", () => {
  const edits: readonly (readonly [
    command: string,
    options: Readonly<Record<string, unknown>>,
    file: string,
    out: readonly string[],
    added: readonly string[],
  ])[] = [
    ['init', { repository: 'https://git.acme.example/platform/streaming.git' }, 'millrace.yaml', [], []],
    [
      'init',
      { repository: 'https://git.acme.example/platform/streaming.git', branch: 'trunk' },
      'millrace.yaml',
      ["repository: {url: 'https://git.acme.example/platform/streaming.git', branch: main}   # the only one"],
      ["repository: {url: 'https://git.acme.example/platform/streaming.git', branch: trunk}   # the only one"],
    ],
    ['team', { name: 'billing', namespace: 'billing' }, 'millrace.yaml', [], ['  billing:', '    namespace: billing']],
    ['topic', { name: 'returns', pipeline: 'order-processor', partitions: 4 }, PIPELINE, [], ['    returns:', '        partitions: 4']],
    [
      'topic',
      { name: 'orders', pipeline: 'order-processor', partitions: 20 },
      PIPELINE,
      ['    orders: {partitions: 10, config: {retention.ms: "604800000"}}   # a week'],
      ['    orders: {partitions: 20, config: {retention.ms: "604800000"}}   # a week'],
    ],
    [
      'user',
      { name: 'shop', pipeline: 'order-processor' },
      PIPELINE,
      ['users: {flink-app: {}}  # one will do'],
      ['users: {flink-app: {}, shop: {}}  # one will do'],
    ],
    [
      'flink-job',
      { name: 'order-processor', pipeline: 'order-processor', user: 'flink-app', writes: ['order-totals'], deliveryGuarantee: 'at-least-once' },
      PIPELINE,
      ['            order-totals: {deliveryGuarantee: exactly-once}   # totals must add up'],
      ['            order-totals: {deliveryGuarantee: at-least-once}   # totals must add up'],
    ],
    [
      'artifact',
      { pipeline: 'order-processor', jarUri: 'https://a.example/c.jar', jarSha256: DIGEST },
      PIPELINE,
      [`        artifact: {entryClass: com.acme.orders.OrderProcessor, jar: {uri: "https://a.example/b.jar", sha256: "${DIGEST}"}}`],
      [`        artifact: {entryClass: com.acme.orders.OrderProcessor, jar: {uri: "https://a.example/c.jar", sha256: "${DIGEST}"}}`],
    ],
    ['pipeline', { name: 'order-processor', team: 'orders', topics: ['orders', 'returns'] }, PIPELINE, [], ['    returns:', '        partitions: 3']],
    [
      'team',
      { name: 'billing', namespace: 'billing' },
      DEV,
      [],
      [
        '    billing-session:',
        '      team: billing',
        '      flinkVersion: v2_2',
        '      slots: 4',
        '      taskManager:',
        '        memory: 4096m',
        '        cpu: 1',
      ],
    ],
    [
      'environment',
      { name: 'dev', mode: 'session', storage: 's3://my-bucket/development' },
      DEV,
      ['  storage: s3://my-bucket/dev'],
      ['  storage: s3://my-bucket/development'],
    ],
    ['operator', { name: 'strimzi', environment: 'dev', replicas: 2 }, DEV, [], ['operators:', '  strimzi:', '    replicas: 2']],
    [
      'kafka-cluster',
      { name: 'kafka-cluster', environment: 'dev', storageClass: 'standard', storageSize: '20Gi' },
      DEV,
      ['    storage: {class: standard, size: 10Gi}'],
      ['    storage: {class: standard, size: 20Gi}'],
    ],
    ['resize', { pipeline: 'order-processor', environment: 'dev', parallelism: 2 }, PLACEMENT, ['        parallelism: 1'], ['        parallelism: 2']],
  ];

  it.each(edits)('keeps its comments and its layout: %s %j', (command, options, file, out, added) => {
    expect(lines(textAt(byHand, file), textAt(after(byHand, command, options), file))).toEqual({ out, in: added });
  });

  it('is left alone where a command has nothing to say to it', () => {
    const now = after(byHand, 'topic', { name: 'returns', pipeline: 'order-processor' });
    for (const file of ['millrace.yaml', DEV, PLACEMENT]) expect(now.get(file)).toBe(byHand.get(file));
  });

  it('keeps what no flag names: an environment', () => {
    const prod = 'environments/prod/environment.yaml';
    const start = withFiles(example, {
      [prod]: textAt(example, prod)
        .replace('https://kubernetes.default.svc', 'https://k8s.acme.example:6443')
        .replace('operators: managed', 'operators: provided'),
    });
    const now = after(start, 'environment', { name: 'prod', mode: 'application', storage: 's3://my-bucket/production' });
    expect(lines(textAt(start, prod), textAt(now, prod))).toEqual({ out: ['  storage: s3://my-bucket/prod'], in: ['  storage: s3://my-bucket/production'] });
  });

  it('keeps what no flag names: a Kafka cluster is not shrunk by giving it larger volumes', () => {
    const prod = 'environments/prod/environment.yaml';
    const now = after(example, 'kafka-cluster', { name: 'kafka-cluster', environment: 'prod', storageClass: 'fast-ssd', storageSize: '200Gi' });
    expect(lines(textAt(example, prod), textAt(now, prod))).toEqual({ out: ['      size: 100Gi'], in: ['      size: 200Gi'] });
  });

  it('keeps what no flag names: the branch and the Argo CD of a repository', () => {
    const start = repository([['init', { repository: 'https://git.acme.example/a.git', branch: 'trunk', argocdNamespace: 'gitops' }]]);
    const now = after(start, 'init', { repository: 'https://git.acme.example/b.git' });
    expect(lines(textAt(start, 'millrace.yaml'), textAt(now, 'millrace.yaml'))).toEqual({
      out: ['  url: https://git.acme.example/a.git'],
      in: ['  url: https://git.acme.example/b.git'],
    });
  });
});

describe("a job's source", () => {
  const job = [...example.keys()].filter((path) => path.startsWith('apps/order-processor/job/'));

  it("is written once, then its owner's", () => {
    const pom = 'apps/order-processor/job/pom.xml';
    expect(job).toContain(pom);
    const mine = withFiles(example, { [pom]: '<mine/>' });
    const now = after(mine, 'flink-job', {
      name: 'order-processor',
      pipeline: 'order-processor',
      user: 'flink-app',
      flinkConfiguration: ['a.b=c'],
      package: 'com.acme.orders',
    });
    expect(now.get(pom)).toBe('<mine/>');
  });

  it('has a package that Java takes, whatever the team is called', () => {
    const job = { name: 'sums', pipeline: 'totals', user: 'sums', reads: ['totals'], writes: ['totals'] };
    const files = repository(
      [
        ['team', { name: 'new', namespace: 'new' }],
        ['pipeline', { name: 'totals', team: 'new', topics: ['totals'], user: 'sums' }],
        ['flink-job', job],
      ],
      platform,
    );
    expect(files.has('apps/totals/job/src/main/java/com/example/job/Sums.java')).toBe(true);
    expect([...files.keys()].filter((path) => path.includes('/example/new/'))).toEqual([]);
  });

  it('is not written again elsewhere when a setting of the job changes', () => {
    const now = after(example, 'flink-job', { name: 'order-processor', pipeline: 'order-processor', user: 'flink-app', flinkConfiguration: ['a.b=c'] });
    expect([...now.keys()].filter((path) => path.startsWith('apps/order-processor/job/'))).toEqual(job);
  });
});

describe('init', () => {
  const options = { repository: 'https://git.acme.example/platform/streaming.git' };

  it('adds to the files that a workspace has already', () => {
    const now = after(
      new Map([
        ['nx.json', '{\n  "plugins": ["@nx/js"]\n}\n'],
        ['.gitignore', 'node_modules/\n/mine'],
      ]),
      'init',
      options,
    );
    expect(JSON.parse(textAt(now, 'nx.json'))).toEqual({
      plugins: ['@nx/js', '@millrace/nx/plugin'],
      sync: { globalGenerators: ['@millrace/nx:sync'], applyChanges: false },
    });
    expect(textAt(now, '.gitignore').split('\n')).toEqual(['node_modules/', '/mine', '.millrace/', '.nx/', 'dist/', 'target/', '']);
  });

  it('keeps the comments of an nx.json', () => {
    const now = after(new Map([['nx.json', '{\n  // ours\n  "defaultBase": "main",\n}\n']]), 'init', options);
    expect(textAt(now, 'nx.json')).toContain('// ours');
    expect(textAt(now, 'nx.json')).toContain('@millrace/nx:sync');
  });

  it('refuses an nx.json that is no JSON, by its name', () => {
    expect(() => after(new Map([['nx.json', '{']]), 'init', options)).toThrow(/^nx\.json/);
  });
});

import { MillraceError, type Problem } from '@millrace/model';
import { describe, expect, it } from 'vitest';

import { editCommands } from './commands/index.js';
import { memoryFiles } from './files/memory.js';
import { refusalOf, replaced, textAt, withFiles, withoutFolders } from './repository.fixture.js';
import { planCommand, planSync } from './run-command.js';
import { EXAMPLE, repository, type Repository } from './testing.js';

/** A text like this. */
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

const example = repository([
  ...EXAMPLE,
  ['team', { name: 'billing', namespace: 'billing' }],
  [
    'pipeline',
    {
      name: 'invoices',
      team: 'billing',
      topics: ['invoices'],
      user: 'billing',
      job: 'matcher',
      reads: ['orders'],
      writes: ['invoices'],
      package: 'com.acme.billing',
    },
  ],
]);

const MILLRACE = 'millrace.yaml';
const ORDERS = 'apps/order-processor/pipeline.yaml';
const INVOICES = 'apps/invoices/pipeline.yaml';
const DEV = 'environments/dev/environment.yaml';
const STAGING = 'environments/staging/environment.yaml';
const PROD = 'environments/prod/environment.yaml';
const PLACEMENT = 'environments/dev/pipelines/order-processor/placement.yaml';

const sync = (files: Repository): unknown => planSync(memoryFiles(files)).changes;

function run(files: Repository, name: string, options: Readonly<Record<string, unknown>>): unknown {
  const command = editCommands.find((candidate) => candidate.name === name);
  if (command === undefined) throw new Error(`there is no ${name}`);
  return planCommand(memoryFiles(files), command, options).changes;
}

/** Where a text stands in a file, as editors count. */
function positionOf(files: Repository, path: string, text: string): { readonly line: number; readonly column: number } {
  const before = textAt(files, path).split(text, 1)[0] ?? '';
  if (before.length === textAt(files, path).length) throw new Error(`${path} has no ${JSON.stringify(text)}`);
  const lines = before.split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

interface BadFile {
  readonly what: string;
  readonly files: Repository;
  readonly file: string;
  /** The text at which the problem stands; the file's start where it is about the whole of it. */
  readonly at?: string;
  readonly message: string | RegExp;
  readonly remedy: string | RegExp;
}

const withText = (path: string, text: string): Repository => withFiles(example, { [path]: text });

const badFiles: readonly BadFile[] = [
  // Names
  {
    what: 'a name that is not allowed: a topic',
    files: replaced(example, ORDERS, '  orders:\n    partitions', '  Orders:\n    partitions'),
    file: ORDERS,
    at: 'Orders:\n',
    message: /^"Orders": a topic key has lower-case letters/,
    remedy: 'Rename the key Orders.',
  },
  {
    what: 'a name that is too long: a job',
    files: replaced(example, ORDERS, '  order-processor:\n    user', `  ${'j'.repeat(46)}:\n    user`),
    file: ORDERS,
    at: 'jjj',
    message: /a job name is at most 45 characters long/,
    remedy: /^Rename/,
  },
  {
    what: 'a name that would leave its folder: ../ in a topic',
    files: replaced(example, ORDERS, '  orders:\n    partitions', '  ../../orders:\n    partitions'),
    file: ORDERS,
    at: '../../orders',
    message: /a topic key has/,
    remedy: /^Rename/,
  },
  {
    what: 'a value that would leave its folder: ../ in a release',
    files: replaced(example, PLACEMENT, 'release: next', 'release: ../../next'),
    file: PLACEMENT,
    at: '../../next',
    message: /for example 1\.4\.0/,
    remedy: /^Correct the value/,
  },
  {
    what: 'a value that would leave its folder: .. in the storage',
    files: replaced(example, PROD, 's3://my-bucket/prod', 's3://my-bucket/prod/../dev'),
    file: PROD,
    at: 's3://my-bucket/prod/../dev',
    message: /no "\." or "\.\." segments/,
    remedy: /for example s3:\/\/my-bucket\/prod/,
  },
  {
    what: 'a value that would break out of YAML: a line break in an image',
    files: replaced(example, ORDERS, 'image: ghcr', 'image: "x\\n  y: 1" # ghcr'),
    file: ORDERS,
    at: '"x\\n  y: 1"',
    message: /an image is named by digest/,
    remedy: /^Correct the value/,
  },
  {
    what: 'a folder that has no name for a pipeline',
    files: withText('apps/My_App/pipeline.yaml', 'pipeline: My_App\nteam: orders\n'),
    file: 'apps/My_App',
    message: /a pipeline name has lower-case letters/,
    remedy: 'Rename the folder.',
  },
  {
    what: 'a folder that has no name for an environment',
    files: withText('environments/1st/environment.yaml', 'environment: 1st\n'),
    file: 'environments/1st',
    message: /an environment name has lower-case letters/,
    remedy: 'Rename the folder.',
  },
  {
    what: 'a pipeline in the folder of another',
    files: replaced(example, INVOICES, 'pipeline: invoices', 'pipeline: bills'),
    file: INVOICES,
    message: 'pipeline is bills, but the folder is called invoices',
    remedy: 'Write pipeline: invoices, or rename the folder.',
  },
  {
    what: 'an environment in the folder of another',
    files: replaced(example, PROD, 'environment: prod', 'environment: production'),
    file: PROD,
    message: 'environment is production, but the folder is called prod',
    remedy: 'Write environment: prod, or rename the folder.',
  },
  // Duplicates
  {
    what: 'two pipelines with the same topic',
    files: replaced(example, INVOICES, 'topics:\n', 'topics:\n  orders: {partitions: 1}\n'),
    file: PLACEMENT,
    at: 'next',
    message: 'the topic orders belongs to invoices in dev already',
    remedy: /^Rename it in one of the two pipelines/,
  },
  {
    what: 'two pipelines with the same topic name in Kafka',
    files: replaced(example, INVOICES, 'topics:\n', 'topics:\n  bought: {partitions: 1, topicName: orders}\n'),
    file: PLACEMENT,
    at: 'next',
    message: 'the name orders in Kafka belongs to invoices in dev already',
    remedy: /^Rename it/,
  },
  {
    what: 'one pipeline with two topics of the same name in Kafka',
    files: replaced(example, INVOICES, 'topics:\n', 'topics:\n  bills: {partitions: 1, topicName: invoices}\n'),
    file: 'environments/dev/pipelines/invoices/placement.yaml',
    at: 'next',
    message: 'the name invoices in Kafka is there twice in invoices',
    remedy: 'Rename one of the two.',
  },
  {
    what: 'two pipelines with the same user',
    files: replaced(example, INVOICES, 'users:\n', 'users:\n  flink-app: {}\n'),
    file: PLACEMENT,
    at: 'next',
    message: 'the user flink-app belongs to invoices in dev already',
    remedy: /^Rename it/,
  },
  {
    what: 'two pipelines with the same job in one namespace',
    files: replaced(replaced(example, INVOICES, '  matcher:\n', '  order-processor:\n'), INVOICES, 'team: billing', 'team: orders'),
    file: PLACEMENT,
    at: 'next',
    message: 'the job name order-processor in the namespace flink belongs to invoices in dev already',
    remedy: /^Rename it/,
  },
  {
    what: 'two jobs with the same consumer group',
    files: replaced(example, INVOICES, '      orders: {}', '      orders: {consumerGroup: order-processor-group}'),
    file: PLACEMENT,
    at: 'next',
    message: 'the consumer group order-processor-group belongs to invoices in dev already',
    remedy: /^Rename it/,
  },
  {
    what: "a user with another pipeline's consumer group",
    files: replaced(example, INVOICES, '  billing: {}', '  billing: {reads: {orders: {consumerGroup: order-processor-group}}}'),
    file: PLACEMENT,
    at: 'next',
    message: 'the consumer group order-processor-group belongs to invoices in dev already',
    remedy: /^Rename it/,
  },
  {
    what: 'a key that is there twice',
    files: replaced(example, ORDERS, '  order-totals:\n    partitions', '  orders:\n    partitions'),
    file: ORDERS,
    at: 'orders:\n    partitions: 10\nusers',
    message: /^this is not YAML: Map keys must be unique/,
    remedy: 'Remove one of the two keys.',
  },
  // What is not there
  {
    what: 'an unknown team',
    files: replaced(example, INVOICES, 'team: billing', 'team: bill'),
    file: INVOICES,
    at: 'bill\n',
    message: 'there is no team bill',
    remedy: 'Write one of orders, billing, or add it: millrace team bill --namespace <namespace>',
  },
  {
    what: 'an unknown team with a session cluster',
    files: replaced(example, DEV, '      team: orders', '      team: retail'),
    file: DEV,
    at: 'retail',
    message: 'there is no team retail',
    remedy: 'Add it: millrace team retail --namespace <namespace>',
  },
  {
    what: 'an unknown team named like what every object has',
    files: replaced(example, INVOICES, 'team: billing', 'team: constructor'),
    file: INVOICES,
    at: 'constructor',
    message: /constructor/,
    remedy: /./,
  },
  {
    what: 'an unknown user',
    files: replaced(example, ORDERS, 'user: flink-app', 'user: flink'),
    file: ORDERS,
    at: 'flink\n',
    message: 'there is no user flink in order-processor',
    remedy: 'Write one of flink-app, or add it: millrace user flink --pipeline order-processor',
  },
  {
    what: 'an unknown topic that a job reads',
    files: replaced(example, ORDERS, '    reads:\n      orders:', '    reads:\n      ordres:'),
    file: ORDERS,
    at: 'consumerGroup',
    message: 'order-processor reads ordres, which no pipeline declares',
    remedy: 'Declare it (millrace topic ordres --pipeline order-processor), or list it under externalTopics.',
  },
  {
    what: 'an unknown topic that a user writes',
    files: replaced(example, INVOICES, '  billing: {}', '  billing: {writes: {bills: {}}}'),
    file: INVOICES,
    at: '{}}}',
    message: 'billing writes bills, which no pipeline declares',
    remedy: /^Declare it \(millrace topic bills --pipeline invoices\)/,
  },
  {
    what: 'an unknown environment to promote from',
    files: replaced(example, PROD, 'promotesFrom: staging', 'promotesFrom: stage'),
    file: PROD,
    at: 'stage\n',
    message: 'there is no environment stage',
    remedy: 'Write one of dev, staging, or make it: millrace environment stage',
  },
  {
    what: 'a placement of an unknown pipeline',
    files: withText('environments/dev/pipelines/gone/placement.yaml', 'release: next\n'),
    file: 'environments/dev/pipelines/gone/placement.yaml',
    at: 'next',
    message: 'there is no pipeline gone',
    remedy: 'Make it (millrace pipeline gone), or remove this folder.',
  },
  {
    what: 'a placement of an unknown release',
    files: withText('environments/staging/pipelines/order-processor/placement.yaml', '# pinned\nrelease: 1.4.0\n'),
    file: 'environments/staging/pipelines/order-processor/placement.yaml',
    at: '1.4.0',
    message: 'there is no release 1.4.0 of order-processor',
    remedy:
      'If git had it, bring it back: git checkout "$(git log -1 --diff-filter=D --format=%h -- apps/order-processor/releases/1.4.0)^" -- apps/order-processor/releases/1.4.0',
  },
  {
    what: 'next in another environment than the first',
    files: withText('environments/prod/pipelines/order-processor/placement.yaml', 'release: next\n'),
    file: 'environments/prod/pipelines/order-processor/placement.yaml',
    at: 'next',
    message: 'only the first environment (dev) follows next',
    remedy: 'Pin a release: millrace promote order-processor --to prod',
  },
  {
    what: 'a placement of a job that the release has not',
    files: replaced(example, PLACEMENT, 'release: next\n', 'release: next\njobs:\n  processor: {parallelism: 2}\n'),
    file: PLACEMENT,
    at: '{parallelism',
    message: 'release next of order-processor has no job processor',
    remedy: 'Write one of order-processor.',
  },
  {
    what: 'a declared file that is missing',
    files: withFiles(example, { [DEV]: undefined }),
    file: DEV,
    message: "this file is missing, and each folder in environments/ is an environment of Millrace's",
    remedy: 'Restore it. A folder that is none belongs elsewhere, or Millrace into a folder of its own: millrace -C <folder> init --path <folder>',
  },
  // The tree of environments
  {
    what: 'a cycle in promotesFrom',
    files: replaced(example, STAGING, 'promotesFrom: dev', 'promotesFrom: prod'),
    file: STAGING,
    at: 'prod\n',
    message: 'staging promotes from itself: staging from prod from staging',
    remedy: 'Break the circle: the first environment has no promotesFrom.',
  },
  {
    what: 'an environment that promotes from itself',
    files: replaced(example, PROD, 'promotesFrom: staging', 'promotesFrom: prod'),
    file: PROD,
    at: 'prod\nlayout',
    message: 'prod promotes from itself: prod from prod',
    remedy: /^Break the circle/,
  },
  {
    what: 'two first environments',
    files: replaced(example, STAGING, 'promotesFrom: dev\n', ''),
    file: STAGING,
    at: 'staging',
    message: 'staging promotes from nobody, and so does dev',
    remedy: 'One environment is the first; give the other a promotesFrom.',
  },
  // Clusters and storage
  {
    what: 'two environments on the same cluster, by its name, and in the same namespaces',
    files: replaced(
      replaced(example, STAGING, 'cluster:\n', 'cluster:\n  name: eu-1\n'),
      PROD,
      'cluster:\n  server: https://kubernetes.default.svc\n  operators: managed',
      'cluster:\n  name: eu-1\n  server: https://kubernetes.default.svc\n  operators: provided',
    ),
    file: PROD,
    at: 'kafka\n  controllers',
    message: 'prod and staging share the cluster eu-1 and the namespace kafka',
    remedy:
      'Give it another one: add --namespace kafka-prod to millrace kafka-cluster kafka-cluster --environment prod. If these are two clusters, correct cluster.name or cluster.server in one of them.',
  },
  {
    what: 'two environments on the same server and in the same namespaces',
    files: [STAGING, PROD].reduce((files, file) => replaced(files, file, 'https://kubernetes.default.svc', 'https://k8s.acme.example:6443'), example),
    file: STAGING,
    at: 'kafka\n  controllers',
    message: 'staging and prod share the cluster https://k8s.acme.example:6443 and the namespace kafka',
    remedy: /If these are two clusters, correct cluster.name or cluster.server/,
  },
  {
    what: 'two environments on the same server, one of which calls it by a name',
    files: [STAGING, PROD].reduce(
      (files, file) => replaced(files, file, 'https://kubernetes.default.svc', 'https://k8s.acme.example:6443'),
      replaced(example, STAGING, 'cluster:\n', 'cluster:\n  name: eu-1\n'),
    ),
    file: STAGING,
    at: 'kafka\n  controllers',
    message: /^staging and prod share the cluster .* and the namespace kafka$/,
    remedy: /If these are two clusters, correct cluster.name or cluster.server/,
  },
  {
    what: 'two environments that both manage the operators of a cluster',
    files: [STAGING, PROD].reduce((files, file) => replaced(files, file, 'cluster:\n', 'cluster:\n  name: eu-1\n'), example),
    file: STAGING,
    at: 'managed',
    message: 'staging and prod both manage the operators of eu-1',
    remedy: 'Let one of them have them provided: millrace environment staging --operators provided',
  },
  {
    what: 'storage within that of another environment',
    files: replaced(example, STAGING, 's3://my-bucket/staging', 's3://my-bucket/prod/staging'),
    file: STAGING,
    at: 's3://my-bucket/prod/staging',
    message: 'staging keeps its state in s3://my-bucket/prod/staging, prod in s3://my-bucket/prod: one lies within the other',
    remedy: /^Give each environment a prefix of its own/,
  },
  {
    what: 'the same storage as another environment',
    files: replaced(example, STAGING, 's3://my-bucket/staging', 's3://my-bucket/dev'),
    file: STAGING,
    at: 's3://my-bucket/dev',
    message: /^staging keeps its state in s3:\/\/my-bucket\/dev, dev in/,
    remedy: /./,
  },
  // No YAML, misspelled
  {
    what: 'broken YAML',
    files: replaced(example, ORDERS, 'team: orders', 'team: [orders'),
    file: ORDERS,
    message: /^this is not YAML: /,
    remedy: /^Correct the syntax/,
  },
  {
    what: 'an empty file',
    files: withText(PLACEMENT, ''),
    file: PLACEMENT,
    message: /./,
    remedy: /./,
  },
  {
    what: 'a file in conflict',
    files: replaced(example, ORDERS, 'team: orders\n', '<<<<<<< HEAD\nteam: orders\n=======\nteam: billing\n>>>>>>> theirs\n'),
    file: ORDERS,
    at: '<<<<<<<',
    message: 'this file has a merge conflict',
    remedy: 'Resolve it. Leave generated files as they are, in conflict or not: millrace sync makes them again.',
  },
  {
    what: 'a misspelled key',
    files: replaced(example, ORDERS, 'maxParallelism', 'maxParalelism'),
    file: ORDERS,
    at: 'maxParalelism',
    message: 'maxParalelism is not a key of jobs.order-processor',
    remedy: /^Did you mean maxParallelism\?/,
  },
  {
    what: 'a missing key',
    files: replaced(example, INVOICES, 'team: billing\n', ''),
    file: INVOICES,
    message: 'team is missing',
    remedy: 'Add team, for example orders.',
  },
  {
    what: 'a number that YAML readers read differently',
    files: replaced(example, DEV, 'slots: 4', 'slots: 0o4'),
    file: DEV,
    at: '0o4',
    message: '0o4 is a number that YAML readers take for different values (here 4)',
    remedy: 'Write 4 if you mean the number, or "0o4" if you mean the text.',
  },
];

/** What every problem has to be, whoever reports it. */
function complete({ file, message, remedy }: Problem): boolean {
  return message !== '' && remedy !== '' && !message.includes('\n') && file !== '';
}

describe('a bad file', () => {
  it.each(badFiles)('is refused, with place and remedy: $what', ({ files, file, at, message, remedy }) => {
    const error = refusalOf(() => sync(files));
    expect(error.kind).toBe('refused');
    expect(error.exitCode).toBe(1);
    expect(error.problems.every(complete)).toBe(true);
    expect(error.problems).toContainEqual(
      expect.objectContaining({
        file,
        message: typeof message === 'string' ? message : matching(message),
        remedy: typeof remedy === 'string' ? remedy : matching(remedy),
        ...(at === undefined ? {} : { position: positionOf(files, file, at) }),
      }),
    );
  });

  it.each(badFiles)('stops a command that has nothing to do with it: $what', ({ files, file }) => {
    const error = refusalOf(() => run(files, 'team', { name: 'shop', namespace: 'shop' }));
    expect(error.kind).toBe('refused');
    expect(error.problems.map((problem) => problem.file)).toContain(file);
  });

  it('comes with all its errors, and those of all other files, at once', () => {
    const files = replaced(
      replaced(replaced(example, ORDERS, 'maxParallelism', 'paralelism'), ORDERS, 'team: orders', 'teams: orders'),
      PROD,
      'layout: 1',
      'layout: 7',
    );
    const { problems } = refusalOf(() => sync(files));
    expect(problems.map(({ file, message }) => `${file ?? ''} ${message}`).sort()).toEqual([
      `${ORDERS} paralelism is not a key of jobs.order-processor`,
      `${ORDERS} team is missing`,
      `${ORDERS} teams is not a key of the file`,
      matching(/^environments\/prod\/environment\.yaml layout: expected/),
    ]);
  });

  it('is told as file:line:column: message, and the remedy below', () => {
    const error = refusalOf(() => sync(replaced(example, INVOICES, 'team: billing', 'team: bill')));
    expect(error.message).toBe(
      `${INVOICES}:3:7: there is no team bill\n    Write one of orders, billing, or add it: millrace team bill --namespace <namespace>`,
    );
  });
});

describe('no bad file', () => {
  it('is a cluster that environments share, each in namespaces of its own', () => {
    const shared = [STAGING, PROD].reduce((files, file) => replaced(files, file, 'cluster:\n', 'cluster:\n  name: eu-1\n'), example);
    const apart = replaced(
      replaced(
        replaced(shared, STAGING, '  namespace: kafka', '  namespace: kafka-staging'),
        STAGING,
        'flink:\n',
        'flink:\n  namespaces: {orders: flink-staging, billing: billing-staging}\n',
      ),
      STAGING,
      'operators: managed',
      'operators: provided',
    );
    expect(() => sync(apart)).not.toThrow();
  });

  it('are environments that each have the cluster in which their Argo CD runs', () => {
    expect(textAt(example, STAGING)).toContain('https://kubernetes.default.svc');
    expect(textAt(example, PROD)).toContain('https://kubernetes.default.svc');
    expect(() => sync(example)).not.toThrow();
  });

  it('are storages that only begin alike', () => {
    expect(() => sync(replaced(example, STAGING, 's3://my-bucket/staging', 's3://my-bucket/production'))).not.toThrow();
  });

  it('is what a build left in the folder of a pipeline that is not on this branch', () => {
    const files = withFiles(withoutFolders(example, 'apps/invoices', 'environments/dev/pipelines/invoices'), { 'apps/invoices/job/target/a.jar': 'PK' });
    expect(() => sync(files)).not.toThrow();
  });
});

describe('a bad option', () => {
  const usage: readonly (readonly [what: string, command: string, options: Readonly<Record<string, unknown>>, message: RegExp])[] = [
    ['a missing name', 'topic', { pipeline: 'order-processor' }, /^topic needs <name>$/],
    ['a missing flag', 'topic', { name: 'returns' }, /^topic needs --pipeline$/],
    ['an unknown option', 'topic', { name: 'returns', pipeline: 'order-processor', partition: 3 }, /^topic has no option partition$/],
    ['../ in a pipeline', 'pipeline', { name: '../../etc', team: 'orders' }, /a pipeline name has/],
    ['../ in a team', 'team', { name: '../x', namespace: 'x' }, /a team name has/],
    ['../ in an environment', 'environment', { name: '../x', mode: 'session', storage: 's3://b/x' }, /an environment name has/],
    ['../ in a topic', 'topic', { name: '../x', pipeline: 'order-processor' }, /a topic key has/],
    ['../ in the pipeline of a topic', 'topic', { name: 'x', pipeline: '../order-processor' }, /a pipeline name has/],
    ['../ in a user', 'user', { name: '../x', pipeline: 'order-processor' }, /a user name has/],
    ['../ in a job', 'flink-job', { name: '../x', pipeline: 'order-processor', user: 'flink-app' }, /a job name has/],
    [
      '../ in a Java package',
      'flink-job',
      { name: 'x', pipeline: 'order-processor', user: 'flink-app', reads: ['orders'], writes: ['order-totals'], package: '../../etc' },
      /a Java package has/,
    ],
    ['../ in a storage', 'environment', { name: 'x', mode: 'session', storage: 's3://b/../x' }, /segments/],
    ['../ in the folder of a repository', 'init', { repository: 'https://git.acme.example/a.git', path: '../x' }, /./],
    ['a name in Kafka as a key', 'topic', { name: 'Orders.V2', pipeline: 'order-processor' }, /call it orders-v2 here, and Orders\.V2 its topicName/],
    ['.. as a topic in Kafka', 'topic', { name: 'x', pipeline: 'order-processor', topicName: '..' }, /"\." or "\.\."/],
    ['a line break in a name', 'team', { name: 'x', namespace: 'a\nb: c' }, /a namespace has/],
    ['a line break in a storage', 'environment', { name: 'x', mode: 'session', storage: 's3://b/x\ny: z' }, /storage is an URI/],
    ['a password in an URL', 'init', { repository: 'https://ada:secret@git.acme.example/a.git' }, /without password/],
    ['partitions that are none', 'topic', { name: 'x', pipeline: 'order-processor', partitions: 0 }, /expected 1 or more/],
    ['partitions that are text', 'topic', { name: 'x', pipeline: 'order-processor', partitions: '1e3' }, /expected a whole number/],
    ['a configuration that is no pair', 'topic', { name: 'x', pipeline: 'order-processor', config: ['retention'] }, /expected key=value/],
    ['a key that Kafka cannot have', 'topic', { name: 'x', pipeline: 'order-processor', config: ['a b: c=d'] }, /./],
    ['half a jar', 'artifact', { pipeline: 'order-processor', jarUri: 'https://a.example/b.jar' }, /belong together/],
    ['nothing that was built', 'artifact', { pipeline: 'order-processor' }, /needs --image/],
    ['an image by its tag', 'artifact', { pipeline: 'order-processor', image: 'ghcr.io/acme/x:latest' }, /named by digest/],
  ];

  it.each(usage)('is a mistake of usage: %s', (_what, command, options, message) => {
    const error = refusalOf(() => run(example, command, options));
    expect({ kind: error.kind, exitCode: error.exitCode }).toEqual({ kind: 'usage', exitCode: 2 });
    expect(error.problems.every(complete)).toBe(true);
    expect(error.problems.map((problem) => problem.message)).toContainEqual(matching(message));
  });

  const refused: readonly (readonly [what: string, command: string, options: Readonly<Record<string, unknown>>, message: string, remedy: string | RegExp])[] = [
    [
      'an unknown pipeline',
      'topic',
      { name: 'x', pipeline: 'nope' },
      'there is no pipeline nope',
      'Choose one of invoices, order-processor, or make it: millrace pipeline nope',
    ],
    [
      'an unknown environment',
      'kafka-cluster',
      { name: 'k', environment: 'nope', storageClass: 'a', storageSize: '1Gi' },
      'there is no environment nope',
      'Choose one of dev, prod, staging, or make it: millrace environment nope',
    ],
    [
      'an unknown team',
      'pipeline',
      { name: 'x', team: 'nope' },
      'there is no team nope',
      'Choose one of orders, billing, or make it: millrace team nope --namespace <namespace>',
    ],
    [
      'an unknown job',
      'artifact',
      { pipeline: 'order-processor', jobs: ['nope'], image: `a@sha256:${'0'.repeat(64)}` },
      'there is no job nope in order-processor',
      'Choose one of order-processor.',
    ],
    [
      'a job where the pipeline does not run',
      'resize',
      { pipeline: 'order-processor', environment: 'prod', parallelism: 2 },
      'order-processor does not run in prod',
      'Promote it first: millrace promote order-processor --to prod',
    ],
    [
      'fewer partitions',
      'topic',
      { name: 'orders', pipeline: 'order-processor', partitions: 3 },
      'orders has 10 partitions; Kafka cannot take any away',
      'Keep the number, or declare a new topic and move to it.',
    ],
    [
      'a user that is not there',
      'flink-job',
      { name: 'auditor', pipeline: 'order-processor', user: 'nobody', reads: ['orders'] },
      'there is no user nobody in order-processor',
      'Write one of flink-app, or add it: millrace user nobody --pipeline order-processor',
    ],
    [
      'a topic that is not there',
      'flink-job',
      { name: 'auditor', pipeline: 'order-processor', user: 'flink-app', reads: ['nothing'] },
      'auditor reads nothing, which no pipeline declares',
      'Declare it (millrace topic nothing --pipeline order-processor), or list it under externalTopics.',
    ],
    [
      'an environment that makes a circle',
      'environment',
      { name: 'dev', promotesFrom: 'prod', mode: 'session', storage: 's3://my-bucket/dev' },
      'dev promotes from itself: dev from prod from staging from dev',
      'Break the circle: the first environment has no promotesFrom.',
    ],
    [
      'a second first environment',
      'environment',
      { name: 'test', mode: 'session', storage: 's3://my-bucket/test' },
      'test promotes from nobody, and so does dev',
      'One environment is the first; give the other a promotesFrom.',
    ],
    [
      "a topic of another pipeline's",
      'topic',
      { name: 'invoices', pipeline: 'order-processor' },
      'the topic invoices belongs to invoices in dev already',
      "Rename it in one of the two pipelines, or read and write the other's.",
    ],
    [
      'a configuration that would put a secret into git',
      'flink-job',
      { name: 'order-processor', pipeline: 'order-processor', user: 'flink-app', flinkConfiguration: ['s3.secret-key=x'] },
      'jobs.order-processor.flinkConfiguration.s3.secret-key: s3.secret-key would put a secret into git: use workload identity, or secrets in placement.yaml',
      /^Correct the value/,
    ],
  ];

  it.each(refused)('is refused where it does not fit the repository: %s', (_what, command, options, message, remedy) => {
    const error = refusalOf(() => run(example, command, options));
    expect({ kind: error.kind, exitCode: error.exitCode }).toEqual({ kind: 'refused', exitCode: 1 });
    expect(error.problems).toContainEqual(expect.objectContaining({ message, remedy: typeof remedy === 'string' ? remedy : matching(remedy) }));
  });

  it.each(editCommands.filter(({ needs }) => needs === 'workspace'))('is refused where there is no repository: $name', (command) => {
    const error = refusalOf(() => planCommand(memoryFiles(new Map([['README.md', 'hello\n']])), command, {}));
    expect(error).toBeInstanceOf(MillraceError);
    expect(error.exitCode).toBe(2);
    expect(error.problems).toEqual([
      {
        file: MILLRACE,
        message: 'this folder is no Millrace repository: the file is missing',
        remedy: 'Change into one, or make one: millrace init --repository <URL>',
      },
    ]);
  });
});

import { describe, expect, it } from 'vitest';

import { memoryFiles } from '../files/memory.js';
import { refusalOf, replaced, withFiles } from '../repository.fixture.js';
import { planSync } from '../run-command.js';
import { EXAMPLE, repository, type Repository } from '../testing.js';

const example = repository([
  ...EXAMPLE,
  ['team', { name: 'billing', namespace: 'billing' }],
  ['session', { name: 'orders-old', environment: 'dev', team: 'orders', flinkVersion: 'v1_20' }],
]);
/** What prod would be if the pipeline ran there as it is: applications in dev. */
const applications = repository(
  EXAMPLE.map(([command, options]) => [command, command === 'environment' && options['name'] === 'dev' ? { ...options, mode: 'application' } : options]),
);

const DEV = 'environments/dev/environment.yaml';
const PLACEMENT = 'environments/dev/pipelines/order-processor/placement.yaml';
const PIPELINE = 'apps/order-processor/pipeline.yaml';

/** The example with more under `flink` of dev. */
const withFlink = (lines: string): Repository => replaced(example, DEV, 'flink:\n', `flink:\n${lines}`);
/** The example with the job placed so. */
const placed = (fields: string, files = example): Repository => withFiles(files, { [PLACEMENT]: `release: next\njobs:\n  order-processor: {${fields}}\n` });
const problemsOf = (files: Repository) =>
  refusalOf(() => planSync(memoryFiles(files))).problems.map(({ file, message, remedy }) => ({ file, message, remedy }));
const noticesOf = (files: Repository) => planSync(memoryFiles(files)).notices.map(({ message }) => message);

describe('an environment is refused', () => {
  it.each<readonly [what: string, lines: string, message: string, remedy: string]>([
    ['with the identity of nobody', '  identities: {nobody: {}}\n', 'there is no team nobody', 'Add it: millrace team nobody --namespace <namespace>'],
    [
      'with an identity that would overrule Argo CD',
      '  identities: {orders: {serviceAccountAnnotations: {argocd.argoproj.io/sync-wave: "5"}}}\n',
      'argocd.argoproj.io/sync-wave says something to Argo CD, not to a cloud',
      'Remove it: Millrace writes what Argo CD is told.',
    ],
    [
      "with a label that is Flink's",
      '  identities: {orders: {podLabels: {component: worker}}}\n',
      'Flink sets the label component of its pods itself',
      'Remove it, or choose another label.',
    ],
    [
      'with a former name of a setting (R30)',
      '  flinkConfiguration: {state.backend: rocksdb}\n',
      'state.backend is called state.backend.type today',
      'Write state.backend.type: jobs of an older Flink get the name that it knows.',
    ],
  ])('%s', (_what, lines, message, remedy) => {
    expect(problemsOf(withFlink(lines))).toEqual([{ file: DEV, message, remedy }]);
  });

  it('with a session that has a setting by another name than its Flink (R30)', () => {
    expect(problemsOf(replaced(example, DEV, '      slots: 4\n', '      slots: 4\n      flinkConfiguration: {restart-strategy: none}\n'))).toEqual([
      {
        file: DEV,
        message: 'Flink v2_2 calls restart-strategy restart-strategy.type; the two names side by side are refused or silently mixed',
        remedy: 'Write restart-strategy.type.',
      },
    ]);
  });

  it.each([
    ['s3.secret-key', /would put a secret into git/],
    ['s3.access-key', /would put a secret into git/],
    ['fs.s3a.access.key', /would put a secret into git/],
    ['fs.s3a.session.token', /would put a secret into git/],
    ['presto.s3.access-key', /would put a secret into git/],
    ['fs.oss.accessKeyId', /would put a secret into git/],
    ['fs.oss.accessKeySecret', /would put a secret into git/],
    ['fs.azure.account.key.account.dfs.core.windows.net', /would put a secret into git/],
    ['fs.azure.account.oauth2.client.secret', /would put a secret into git/],
    ['fs.azure.sas.flink.account', /would put a secret into git/],
    ['fs.gs.auth.service.account.private.key', /would put a secret into git/],
    ['security.ssl.internal.key-password', /would put a secret into git/],
    ['taskmanager.data.port', /it is 6121 everywhere/],
    ['metrics.internal.query-service.port', /it is 6125 everywhere/],
    ['rest.port', /the operator reaches every JobManager at 8081/],
    ['metrics.reporter.prom.port', /it is 9249 everywhere/],
    ['kubernetes.rest-service.exposed.type', /nobody outside the cluster reaches the REST endpoint/],
    ['web.submit.enable', /a session cluster takes jobs/],
    ['taskmanager.numberOfTaskSlots', /use slots/],
    ['job.autoscaler.enabled', /use autoscaler in placement\.yaml/],
    ['kubernetes.operator.job.autoscaler.vertex.max-parallelism', /use autoscaler in placement\.yaml/],
    ['high-availability.type', /the environment sets it/],
  ])('with the setting %s, and so are a session, a job and a placement (R25, R46, R47, R48, R80)', (key, reason) => {
    const settings = `flinkConfiguration: {${key}: "1"}`;
    for (const files of [
      withFlink(`  ${settings}\n`),
      replaced(example, DEV, '      slots: 4\n', `      slots: 4\n      ${settings}\n`),
      replaced(example, PIPELINE, '    upgradeMode', `    ${settings}\n    upgradeMode`),
      placed(settings),
    ]) {
      const problems = problemsOf(files);
      expect(problems).toHaveLength(1);
      expect(problems[0]?.message).toMatch(reason);
      // The value is never repeated.
      expect(problems[0]?.message).not.toContain('"1"');
    }
  });

  it("with a workload identity on Azure's storage, which Flink's plugin cannot show, unless it is another plugin", () => {
    const azure = (yaml: string) =>
      replaced(
        withFlink(`  identities: {orders: {podLabels: {azure.workload.identity/use: "true"}}}\n${yaml}`),
        DEV,
        's3://my-bucket/dev',
        'abfss://flink@account.dfs.core.windows.net/dev',
      );
    expect(problemsOf(azure(''))[0]?.message).toContain('Hadoop 3.3.4');
    expect(() => planSync(memoryFiles(azure('  flinkConfiguration: {fs.azure.account.oauth.provider.type: com.acme.Tokens}\n')))).not.toThrow();
  });

  it.each([
    's3.endpoint',
    's3.path.style.access',
    'fs.azure.account.auth.type',
    'fs.azure.account.oauth2.client.id',
    'fs.s3a.connection.maximum',
    'job.autoscaler.catch-up.duration',
  ])('not with the setting %s', (key) => {
    expect(() => planSync(memoryFiles(withFlink(`  flinkConfiguration: {${key}: "1"}\n`)))).not.toThrow();
  });

  it.each([
    ['abfss://flink@account.dfs.core.windows.net/dev', true],
    ['wasbs://flink@account.blob.core.windows.net', true],
    ['s3://key:secret@my-bucket/dev', false],
    ['s3://key@my-bucket/dev', false],
    ['abfss://flink:key@account.dfs.core.windows.net/dev', false],
  ])('with storage that has a password in it, not with a container: %s', (storage, taken) => {
    const sync = () => planSync(memoryFiles(replaced(example, DEV, 's3://my-bucket/dev', storage)));
    if (taken) expect(sync).not.toThrow();
    else expect(sync).toThrow(/storage is an URI/);
  });
});

describe('a placement is refused', () => {
  const make = 'millrace session <name> --environment dev --team orders --flink-version v2_2';
  it.each<readonly [what: string, fields: string, message: string, remedy: string]>([
    [
      'with an autoscaler that may go above the maximum parallelism (R84)',
      'autoscaler: {maxParallelism: 240}',
      'the autoscaler may go up to 240, the job up to its maxParallelism of 120',
      'Lower it: the maxParallelism of a job cannot be raised without losing the state (R84).',
    ],
    [
      'with limits in the wrong order (R40)',
      'autoscaler: {minParallelism: 12, maxParallelism: 6}',
      "the autoscaler's least, 12, is more than its most, 6",
      'Lower minParallelism, or raise maxParallelism.',
    ],
    [
      'with a parallelism outside the limits (R40)',
      'parallelism: 20, autoscaler: {minParallelism: 2, maxParallelism: 12}',
      "order-processor starts with a parallelism of 20, outside the autoscaler's limits of 2 to 12",
      'Write a parallelism between the limits, or widen them.',
    ],
    [
      'with overrides of the parallelism beside the autoscaler (R40)',
      'autoscaler: {maxParallelism: 12}, flinkConfiguration: {pipeline.jobvertex-parallelism-overrides: "a:1"}',
      'this placement sets pipeline.jobvertex-parallelism-overrides, which the autoscaler keeps itself',
      'Remove one of the two: what the autoscaler finds is not in git (R40).',
    ],
    [
      'with a session that is not there (R36)',
      'session: nowhere',
      'dev has no session cluster nowhere',
      `Write orders-session, leave session out, or make one: ${make}`,
    ],
    [
      "with another team's session (R36)",
      'session: billing-session',
      'the session cluster billing-session is of the team billing, in its namespace billing: order-processor of orders could read its credentials there',
      `Write orders-session, leave session out, or make one: ${make}`,
    ],
    [
      'with a session of another Flink (R36)',
      'session: orders-old',
      'the session cluster orders-old runs Flink v1_20, the job order-processor is of Flink v2_2',
      `Write orders-session, leave session out, or make one: ${make}`,
    ],
    [
      'with the slots of a cluster that is not its own (R36)',
      'slots: 4',
      'dev runs jobs in session clusters, whose pods no job owns: slots has no effect',
      'Remove it, and size the cluster: millrace session orders-session --environment dev --slots <slots> --task-manager-memory <memory>',
    ],
  ])('%s', (_what, fields, message, remedy) => {
    expect(problemsOf(placed(fields))).toEqual([{ file: PLACEMENT, message, remedy }]);
  });

  it('with a session where every job is a cluster of its own', () => {
    expect(problemsOf(placed('session: orders-session', applications))).toEqual([
      {
        file: PLACEMENT,
        message: 'dev runs every job in a cluster of its own: there is no session to choose',
        remedy: 'Remove session, or give the job an environment of mode session.',
      },
    ]);
  });

  it('not with limits that fit', () => {
    expect(noticesOf(placed('parallelism: 6, autoscaler: {minParallelism: 2, maxParallelism: 120}'))).toEqual([]);
    expect(noticesOf(placed('session: orders-session'))).toEqual([]);
    expect(noticesOf(placed('slots: 4, taskManager: {memory: 4096m}, jobManager: {cpu: 1}', applications))).toEqual([]);
  });
});

describe('R40: a maximum parallelism with few divisors', () => {
  const autoscaled = (maxParallelism: number, limits: string) =>
    noticesOf(placed(`autoscaler: {${limits}}`, replaced(example, PIPELINE, 'maxParallelism: 120', `maxParallelism: ${maxParallelism}`)));

  it('is worth knowing where the autoscaler would have to more than double', () => {
    expect(autoscaled(127, 'maxParallelism: 100')).toEqual([
      "between 1 and 100 the autoscaler finds few steps: it prefers to spread keys evenly, over divisors of the job's maxParallelism of 127 (1)",
    ]);
    expect(autoscaled(50, 'maxParallelism: 20')).toHaveLength(1);
  });

  it.each([120, 128, 180, 240, 360, 720])('is not one of %i', (maxParallelism) => {
    expect(autoscaled(maxParallelism, 'maxParallelism: 100')).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';

import { CODE_OWNERS_FILE } from './code-owners.js';
import { list, nameOf, Repository } from './repository.fixture.js';
import { at, EVERYTHING, EXAMPLE, type Texts } from './workspace.fixture.js';

const everything = new Repository(EVERYTHING);
const PROD = 'environments/prod/';

const ownersOf = (repository: Repository) =>
  (repository.files.get(CODE_OWNERS_FILE) ?? '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(' '));

/** Who has to approve a change of a path: forges take the last line that fits. */
function approvers(repository: Repository, path: string): readonly string[] {
  const last = ownersOf(repository).findLast(([pattern = '']) => pattern === '*' || `/${path}`.startsWith(pattern));
  return last?.slice(1) ?? [];
}

describe('owners', () => {
  it.each([
    ['the platform', 'environments/dev/environment.yaml', ['@acme/platform']],
    ['the platform, what lets credentials out', 'environments/dev/credentials/pipeline.order-processor.yaml', ['@acme/platform']],
    ['a team, its pipeline', 'apps/order-processor/pipeline.yaml', ['@acme/orders']],
    ['a team, its placements', 'environments/dev/pipelines/order-processor/placement.yaml', ['@acme/orders']],
    [
      'who guards an environment, and the platform, all of it',
      'environments/prod/pipelines/order-processor/placement.yaml',
      ['@acme/platform', '@acme/sre', 'oncall@acme.example'],
    ],
    ['the platform, a team without owners', 'apps/payments/pipeline.yaml', ['@acme/platform']],
    [
      "whose topic it is, or the platform, what others' users may do with it",
      'apps/payments/next/kafka/user-payments-app.yaml',
      ['@acme/platform', '@acme/orders'],
    ],
    ['a team, what its users may do with its own topics', 'apps/order-processor/next/kafka/user-flink-app.yaml', ['@acme/orders']],
    ['the platform, patches of topics and users', 'environments/dev/pipelines/order-processor/kafka/patches/10-acls.yaml', ['@acme/platform']],
    [
      'who guards an environment, and the platform, patches there too',
      'environments/prod/pipelines/order-processor/kafka/patches/10-acls.yaml',
      ['@acme/platform', '@acme/sre', 'oncall@acme.example'],
    ],
    ['the platform, this list, which a first use of a topic makes longer', 'CODEOWNERS', ['@acme/platform']],
  ])('are %s', (_who, path, owners) => {
    expect(approvers(everything, path)).toEqual(owners);
  });

  it("are those of a topic also where it is called external, and the platform's where nobody declares it", () => {
    const called = (topicName: string) =>
      new Repository({
        ...EVERYTHING,
        'apps/payments/pipeline.yaml': (EVERYTHING['apps/payments/pipeline.yaml'] ?? '')
          .replace('externalTopics:\n', `externalTopics:\n  theirs: {topicName: ${topicName}}\n`)
          .replace('  console:\n    reads: {', '  console:\n    reads: {theirs: {consumerGroup: console}, '),
      });
    const file = 'apps/payments/next/kafka/user-console.yaml';
    expect(approvers(called('order-totals'), file)).toEqual(['@acme/platform', '@acme/orders']);
    expect(ownersOf(called('elsewhere'))).toContainEqual([`/${file}`, '@acme/platform']);
    expect(ownersOf(everything).map(([path]) => path)).not.toContain(`/${file}`);
  });

  it('are nowhere where nobody is named', () => {
    expect(new Repository(EXAMPLE).files.has(CODE_OWNERS_FILE)).toBe(false);
  });
});

describe('sync windows', () => {
  const windows = (project: string) => list(at(everything.one('AppProject', PROD, project), 'spec', 'syncWindows')).map((window) => at(window, 'schedule'));

  it('R66: hold for every project of the environment that they apply to', () => {
    expect(windows('prod.orders.flink')).toEqual(['0 16 * * 5', '0 0 24 12 *']);
    expect(windows('prod.pipelines-root')).toEqual(['0 16 * * 5', '0 0 24 12 *']);
    expect(windows('prod.platform')).toEqual(['0 16 * * 5']);
    for (const project of everything.all('AppProject', PROD))
      expect(list(at(project, 'spec', 'syncWindows')).length, String(nameOf(project))).toBeGreaterThan(0);
    expect(everything.all('AppProject', 'environments/dev/').map((project) => at(project, 'spec', 'syncWindows'))).not.toContainEqual(expect.anything());
  });

  it('R66: say all that was declared', () => {
    expect(at(everything.one('AppProject', PROD, 'prod.platform'), 'spec', 'syncWindows')).toEqual([
      { kind: 'deny', schedule: '0 16 * * 5', duration: '64h', timeZone: 'Europe/Berlin', applications: ['*'], manualSync: true },
    ]);
  });
});

describe('a hub', () => {
  const hub: Texts = {
    ...EXAMPLE,
    'millrace.yaml': `${EXAMPLE['millrace.yaml'] ?? ''}argocd: {hub: prod}\n`,
    'environments/dev/environment.yaml': (EXAMPLE['environments/dev/environment.yaml'] ?? '').replace('kubernetes.default.svc', 'dev.acme.example:6443'),
    'environments/staging/environment.yaml': (EXAMPLE['environments/staging/environment.yaml'] ?? '').replace(
      'kubernetes.default.svc',
      'staging.acme.example:6443',
    ),
  };
  const repository = new Repository(hub);

  it('has its settings once, with the environment in whose cluster it runs', () => {
    expect(repository.all('ConfigMap').map(nameOf)).toEqual(['argocd-cm']);
    expect(repository.resources.find(({ kind }) => kind === 'ConfigMap')?.path).toBe('environments/prod/argocd/settings/argocd-cm.yaml');
  });

  it('sends what an environment runs to its cluster, and keeps Applications beside itself', () => {
    const server = (name: string) => at(repository.one('Application', '', name), 'spec', 'destination', 'server');
    expect([server('dev.kafka'), server('dev.order-processor.flink')]).toEqual(['https://dev.acme.example:6443', 'https://dev.acme.example:6443']);
    expect([server('dev.platform'), server('prod.kafka')]).toEqual(['https://kubernetes.default.svc', 'https://kubernetes.default.svc']);
  });
});

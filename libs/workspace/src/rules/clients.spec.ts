import { describe, expect, it } from 'vitest';

import { memoryFiles } from '../files/memory.js';
import { refusalOf, replaced, textAt, withFiles } from '../repository.fixture.js';
import { planSync } from '../run-command.js';
import { EXAMPLE, repository, type Repository } from '../testing.js';

const containing = (text: string): unknown => expect.stringContaining(text);
const DEV = 'environments/dev/environment.yaml';
const PIPELINE = 'apps/order-processor/pipeline.yaml';
const PLACEMENT = 'environments/dev/pipelines/order-processor/placement.yaml';

const example = repository([...EXAMPLE]);
const adding = (files: Repository, path: string, text: string) => withFiles(files, { [path]: `${textAt(files, path)}${text}` });
const refused = (files: Repository) => refusalOf(() => planSync(memoryFiles(files))).problems;

const LEGACY = `externalKafka:
  legacy:
    bootstrapServers: [kafka.legacy.acme.example:9096]
    credentials: {secretStore: {name: vault}, path: streaming/legacy}
`;
const withLegacy = adding(example, DEV, LEGACY);
const legacyTopic = replaced(
  adding(withLegacy, PIPELINE, 'externalTopics:\n  customers: {kafka: legacy}\n'),
  PIPELINE,
  '    reads:\n',
  '    reads:\n      customers: {}\n',
);

describe('who reads or writes a topic of another Kafka cluster', () => {
  it('is a user of that cluster', () => {
    const [problem, ...others] = refused(legacyTopic);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ file: PIPELINE, message: containing('as flink-app, a user of main') });
    expect(problem?.remedy).toBe('Declare a user of legacy (users: <name>: {kafka: legacy}), and name it here: user: <name>.');
    expect(problem?.position?.line).toBe(textAt(legacyTopic, PIPELINE).split('\n').indexOf('      customers: {}') + 1);
  });

  it('is a user that is declared', () => {
    const unknown = replaced(legacyTopic, PIPELINE, 'customers: {}', 'customers: {user: legacy-app}');
    expect(refused(unknown).map(({ message }) => message)).toEqual(['there is no user legacy-app in order-processor']);
  });

  it('is taken when it is', () => {
    const users = replaced(legacyTopic, PIPELINE, 'users:\n', 'users:\n  legacy-app: {kafka: legacy}\n');
    const { changes } = planSync(memoryFiles(replaced(users, PIPELINE, 'customers: {}', 'customers: {user: legacy-app}')));
    expect(changes.create.map(({ path }) => path)).toContain('environments/dev/pipelines/order-processor/flink/credentials-legacy-app.yaml');
  });
});

describe('a Kafka cluster that a pipeline names', () => {
  it('is one of the environment', () => {
    const elsewhere = replaced(example, PIPELINE, 'team: orders\n', 'team: orders\nkafka: analytics\n');
    expect(refused(elsewhere)).toMatchObject([
      {
        file: PLACEMENT,
        message: 'order-processor names the Kafka cluster analytics, which dev does not have',
        remedy: `Add it to ${DEV}: under kafkaClusters, or under externalKafka where others run it.`,
      },
    ]);
  });

  it('means one cluster', () => {
    const twice = adding(example, DEV, LEGACY.replace('legacy:\n', 'main:\n'));
    expect(refused(twice).map(({ file, message }) => [file, message])).toEqual([
      [DEV, 'main is the name of a cluster that this environment declares, and of one that others run'],
    ]);
  });

  it('may be somebody else’s altogether: topics and users are not made there, credentials come from the store', () => {
    const kafka = /^kafka:\n(?: .*\n)+/m.exec(textAt(example, DEV))?.[0] ?? '';
    const external = withFiles(example, { [DEV]: textAt(example, DEV).replace(kafka, LEGACY.replace('legacy:\n', 'main:\n')) });
    const { changes } = planSync(memoryFiles(external));
    const gone = changes.delete.map(({ path }) => path);
    expect(gone).toContain('environments/dev/pipelines/order-processor/kafka/kustomization.yaml');
    expect(gone).toContain('environments/dev/argocd/pipelines/order-processor-kafka.yaml');
    const secret = changes.update.find(({ path }) => path === 'environments/dev/pipelines/order-processor/flink/credentials-flink-app.yaml');
    expect(secret?.text).toContain('key: streaming/legacy/flink-app');
  });
});

it('the Secret of a schema registry is looked for beside the main Kafka, which has to be there', () => {
  const kafka = /^kafka:\n(?: .*\n)+/m.exec(textAt(example, DEV))?.[0] ?? '';
  const without = withFiles(example, {
    [DEV]: `${textAt(example, DEV).replace(kafka, '')}schemaRegistry: {url: "https://registry.acme.example", credentials: {secret: registry}}\n`,
  });
  expect(refused(without)[0]).toMatchObject({ file: DEV, remedy: containing('Name an entry of a secret store') });
});

describe('credentials', () => {
  it.each([
    ['vault', 'credentials: vault\n', 'expected external-secrets, or vault: {secretStore: {name: …}, path: …}'],
    [
      'a path with a slash at its end',
      'credentials: {vault: {secretStore: {name: vault}, path: streaming/}}\n',
      'expected the path of a secret without closing slash',
    ],
  ])('%s are refused', (_what, line, expected) => {
    const files = withFiles(example, { [DEV]: `${textAt(example, DEV).replace('credentials: external-secrets\n', '')}${line}` });
    expect(refused(files).map(({ message }) => message)).toEqual([expect.stringContaining(expected)]);
  });
});

it('R67: a user whose Secret would be one of the cluster is refused where its name stands', () => {
  const files = replaced(example, PIPELINE, 'users:\n', 'users:\n  kafka-cluster-writer: {}\n');
  const [problem] = refused(files);
  expect(problem).toMatchObject({ file: PIPELINE, message: containing('the user kafka-cluster-writer would have a Secret named like those') });
  expect(textAt(files, PIPELINE).split('\n')[(problem?.position?.line ?? 0) - 1]).toContain('kafka-cluster-writer');
});

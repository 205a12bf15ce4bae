import { MillraceError, type Problem } from '@millrace/model';
import { describe, expect, it } from 'vitest';

import { isEmpty } from '../changes.js';
import { operator } from '../commands/operator.js';
import { memoryFiles } from '../files/memory.js';
import { textAt, withFiles } from '../repository.fixture.js';
import { planCommand, planSync } from '../run-command.js';
import { after, EXAMPLE, repository, type Repository } from '../testing.js';

const example = repository(EXAMPLE);
const DEV = 'environments/dev/environment.yaml';
const STAGING = 'environments/staging/environment.yaml';
const PROD = 'environments/prod/environment.yaml';

/** The example with a text of a file changed. */
function edited(files: Repository, file: string, change: (text: string) => string): Repository {
  return withFiles(files, { [file]: change(textAt(files, file)) });
}

const containing = (values: Partial<Problem>): unknown => expect.objectContaining(values);

/** What is wrong with the declared files of a repository, and where. */
function problems(files: Repository): readonly Problem[] {
  try {
    planSync(memoryFiles(files));
    return [];
  } catch (error) {
    if (error instanceof MillraceError) return error.problems;
    throw error;
  }
}

const told = (files: Repository) => problems(files).map(({ file, position, message }) => `${file ?? ''}:${position?.line ?? 0} ${message}`);

describe('the namespace of an operator', () => {
  it.each([
    ['another operator has', 'flink: {namespace: strimzi-operator}', 'flink would be in the namespace strimzi-operator, which is that of strimzi'],
    ['Kafka has', 'strimzi: {namespace: kafka}', 'strimzi would be in the namespace kafka, which is that of Kafka in prod'],
    ['a team has', 'cert-manager: {namespace: flink}', "cert-manager would be in the namespace flink, which is a team's in prod"],
    ['Argo CD has', 'flink: {namespace: argocd}', "flink would be in the namespace argocd, which is Argo CD's own: who may write there is its administrator"],
  ])('R58: is none that %s', (_who, operators, message) => {
    const files = edited(example, PROD, (text) => `${text}operators:\n  ${operators}\n`);
    const [problem, ...others] = problems(files);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ file: PROD, message });
    expect(textAt(files, PROD).split('\n')[(problem?.position?.line ?? 0) - 1]).toContain('namespace');
    expect(problem?.remedy).toMatch(/millrace operator \S+ --environment prod --namespace/);
  });

  it('R58: is none of an environment that shares the cluster', () => {
    const shared = [STAGING, PROD].reduce((files, file) => edited(files, file, (text) => text.replace('cluster:\n', 'cluster:\n  name: eu-1\n')), example);
    const files = edited(
      edited(shared, PROD, (text) => `${text}operators:\n  strimzi: {namespace: kafka-staging}\n`),
      STAGING,
      (text) =>
        text
          .replace('operators: managed', 'operators: provided')
          .replace('namespace: kafka', 'namespace: kafka-staging')
          .replace('flink:\n', 'flink:\n  namespaces: {orders: flink-staging}\n'),
    );
    expect(told(files)).toEqual([expect.stringMatching(/^environments\/prod\/environment\.yaml:\d+ strimzi would be in the namespace kafka-staging/)]);
  });

  it('does not matter where somebody else keeps it', () => {
    expect(told(edited(example, PROD, (text) => `${text}operators:\n  strimzi: {namespace: kafka, managed: false}\n`))).toEqual([]);
  });
});

describe('environments that share a cluster', () => {
  const on = (staging: string, prod: string): Repository => {
    const named = (file: string, set: string, files: Repository) =>
      edited(files, file, (text) => text.replace('cluster:\n', 'cluster:\n  name: eu-1\n').replace(/platform: .*/, `platform: "${set}"`));
    return edited(named(STAGING, staging, named(PROD, prod, example)), STAGING, (text) =>
      text
        .replace('operators: managed', 'operators: provided')
        .replace('namespace: kafka', 'namespace: kafka-staging')
        .replace('flink:\n', 'flink:\n  namespaces: {orders: flink-staging}\n'),
    );
  };

  it('R1, R5: run nothing newer than the operators that look after it', () => {
    expect(told(on('2026.11', '2026.08'))).toEqual([
      expect.stringMatching(/staging\/environment\.yaml:\d+ staging is on 2026\.11, and the operators of its cluster are those of prod, on 2026\.08$/),
    ]);
  });

  it('R1: may stay behind, while the operators have moved on', () => {
    expect(told(on('2026.08', '2026.11'))).toEqual([]);
    expect(told(on('2026.11', '2026.11'))).toEqual([]);
  });
});

describe('the jar of a session job', () => {
  const PIPELINE = 'apps/order-processor/pipeline.yaml';
  const jar = (uri: string) => edited(example, PIPELINE, (text) => text.replace('https://artifacts.acme.example/order-processor-1.0.0.jar', uri));
  const allowing = (files: Repository, artifacts: string) => edited(files, DEV, (text) => `${text}operators:\n  flink: {artifacts: ${artifacts}}\n`);

  it('R35: comes over what the operator may fetch', () => {
    const files = jar('s3://jars/order-processor-1.0.0.jar');
    expect(problems(files)).toEqual([
      expect.objectContaining({
        file: 'environments/dev/pipelines/order-processor/placement.yaml',
        message: 'the jar of order-processor is fetched over s3, and the Flink operator of dev fetches over https only',
        remedy: expect.stringContaining(`operators.flink.artifacts.schemes: [https, s3] in ${DEV}`),
      }),
    ]);
    expect(told(allowing(files, '{schemes: [https, s3]}'))).toEqual([]);
  });

  it.each(['nexus.tools.svc', 'minio.tools.svc.cluster.local', '10.1.2.3', '172.20.0.1', '192.168.1.1', 'localhost'])(
    'R35: comes from outside: not from %s',
    (host) => {
      const files = jar(`https://${host}/order-processor-1.0.0.jar`);
      expect(told(files)).toEqual([
        expect.stringContaining(`is fetched from ${host}, and the Flink operator of dev fetches nothing from addresses inside a network`),
      ]);
      expect(told(allowing(files, '{privateHosts: true}'))).toEqual([]);
    },
  );

  it.each(['172.15.0.1', 'nexus.svc.acme.example', '1.10.0.0'])('R35: may come from what is not certainly inside: %s', (host) => {
    expect(told(jar(`https://${host}/order-processor-1.0.0.jar`))).toEqual([]);
  });

  it('is nothing that is known where somebody else keeps the operator', () => {
    const files = edited(jar('s3://jars/order-processor-1.0.0.jar'), DEV, (text) => text.replace('operators: managed', 'operators: provided'));
    expect(told(files)).toEqual([]);
  });
});

describe('the command operator', () => {
  it.each([
    [{ name: 'cert-manager', environment: 'prod', webhook: false }, /cert-manager has no --webhook/],
    [{ name: 'cert-manager', environment: 'prod', watch: 'cluster' }, /cert-manager has no --watch/],
    [{ name: 'flink', environment: 'prod', memory: '1Gi' }, /--memory and --cpu belong together/],
    [{ name: 'flink', environment: 'prod', managed: 'no' }, /--managed: .*boolean/],
    [{ name: 'kafka', environment: 'prod' }, /<name>: /],
    [{ name: 'flink', environment: 'nowhere' }, /there is no environment nowhere/],
    [{ name: 'flink', environment: 'prod', artifactSchemes: ['file'] }, /--artifact-schemes: /],
  ])('refuses what it must: %j', (options, message) => {
    expect(() => after(example, 'operator', options)).toThrow(message);
  });

  it('refuses where the environment manages none, and says where to look', () => {
    const files = edited(example, PROD, (text) => text.replace('operators: managed', 'operators: provided'));
    expect(() => after(files, 'operator', { name: 'flink', environment: 'prod', replicas: 2 })).toThrow(/prod manages no operators/);
  });

  it('R35: says that the published image has no plugin for what it is now allowed to fetch over', () => {
    const { notices } = planCommand(memoryFiles(example), operator, { name: 'flink', environment: 'prod', artifactSchemes: ['https', 's3'] });
    expect(notices).toMatchObject([
      {
        message: 'the published image of the Flink operator fetches nothing over s3: it has no plugin for that',
        remedy: expect.stringContaining('environments/prod/operators/flink/own-values.yaml'),
      },
    ]);
    expect(planCommand(memoryFiles(example), operator, { name: 'flink', environment: 'prod', artifactSchemes: ['https', 'http'] }).notices).toEqual([]);
  });

  it('takes one size where the other is there', () => {
    const sized = after(example, 'operator', { name: 'flink', environment: 'prod', memory: '1Gi', cpu: '0.5' });
    expect(textAt(after(sized, 'operator', { name: 'flink', environment: 'prod', memory: '2Gi' }), PROD)).toMatch(/memory: 2Gi\n\s+cpu: "0\.5"/);
  });

  it("leaves a person's own values where they are, and takes the rest along when the cluster has the operator already", () => {
    const own = withFiles(example, { 'environments/prod/operators/strimzi/own-values.yaml': 'logLevel: DEBUG\n' });
    expect(isEmpty(planSync(memoryFiles(own)).changes)).toBe(true);
    const without = after(own, 'operator', { name: 'strimzi', environment: 'prod', managed: false });
    expect([...without.keys()].filter((path) => path.includes('operators/strimzi') && path.startsWith('environments/prod/'))).toEqual([
      'environments/prod/operators/strimzi/own-values.yaml',
    ]);
  });
});

describe('what is said of operators', () => {
  const provided = edited(example, PROD, (text) => text.replace('operators: managed', 'operators: provided'));

  it('is refused where others keep them: it would reach nothing', () => {
    const files = edited(provided, PROD, (text) => `${text}operators:\n  strimzi: {replicas: 2}\n`);
    expect(problems(provided)).toEqual([]);
    expect(problems(files)).toEqual([
      containing({
        file: PROD,
        message: 'prod manages no operators (cluster.operators: provided), so nothing of this reaches them',
        remedy: 'Remove it, but for operators.flink.namespace, or write cluster.operators: managed.',
      }),
    ]);
    expect(textAt(files, PROD).split('\n')[(problems(files)[0]?.position?.line ?? 0) - 1]).toContain('strimzi');
  });

  it('is where the one of Flink is, which network policies let in', () => {
    const files = edited(provided, PROD, (text) => `${text}operators:\n  flink: {namespace: flink-system}\n`);
    expect(problems(files)).toEqual([]);
    expect(told(edited(files, PROD, (text) => text.replace('flink-system}', 'flink-system, replicas: 2}')))).toHaveLength(1);
  });

  it('belongs to the environment that keeps those of the cluster', () => {
    const shared = [STAGING, PROD].reduce((files, file) => edited(files, file, (text) => text.replace('cluster:\n', 'cluster:\n  name: eu-1\n')), example);
    const files = edited(
      edited(shared, PROD, (text) => text.replace('operators: managed', 'operators: provided').replace('namespace: kafka', 'namespace: kafka-prod')),
      PROD,
      (text) => `${text.replace('flink:\n', 'flink:\n  namespaces: {orders: flink-prod}\n')}operators:\n  flink: {watch: cluster}\n`,
    );
    expect(problems(files).map(({ remedy }) => remedy)).toEqual([`Say it in ${STAGING}, which manages those of the cluster.`]);
  });
});

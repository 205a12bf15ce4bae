import { describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';

import { memoryFiles } from '../files/memory.js';
import { refusalOf, replaced, textAt } from '../repository.fixture.js';
import { planSync } from '../run-command.js';
import { after, EXAMPLE, repository, type Repository } from '../testing.js';

// The sets that ship have the same Flink minors: here the older one lacks the newest.
vi.mock(import('@millrace/model'), async (original) => {
  const model = await original();
  const { v2_2: _, ...older } = model.platform('2026.08').flink;
  return { ...model, platform: (name) => (name === '2026.08' ? { ...model.platform(name), flink: older } : model.platform(name)) };
});

const example = repository(EXAMPLE);
const file = (environment: string): string => `environments/${environment}/environment.yaml`;
const inOlderSet = (files: Repository, environment: string): Repository => replaced(files, file(environment), '"2026.11"', '"2026.08"');
const withKafka = (files: Repository, line: string): Repository => replaced(files, file('dev'), '  namespace: kafka\n', `  namespace: kafka\n  ${line}\n`);
const refusal = (files: Repository): readonly unknown[] => refusalOf(() => planSync(memoryFiles(files))).problems;

/** A problem with the environment dev that says this. */
const matching = (message: RegExp): unknown => {
  const said: unknown = expect.stringMatching(message);
  return expect.objectContaining({ file: file('dev'), message: said });
};

/** The Kafka that is made for dev. */
function versionsOf(files: Repository): unknown {
  const { changes } = planSync(memoryFiles(files));
  const text = changes.update.find(({ path }) => path === 'environments/dev/kafka/kafka.yaml')?.text ?? textAt(files, 'environments/dev/kafka/kafka.yaml');
  return parse(text);
}
describe('the Kafka of an environment', () => {
  it('R5: is that of its platform, so another platform is another Kafka', () => {
    expect(versionsOf(example)).toMatchObject({ spec: { kafka: { version: '4.3.1', metadataVersion: '4.3-IV0' } } });
    expect(versionsOf(inOlderSet(withoutJobs(), 'dev'))).toMatchObject({ spec: { kafka: { version: '4.3.0', metadataVersion: '4.3-IV0' } } });
  });

  it('R5: stays behind where its version is pinned, with the metadata version of that', () => {
    expect(versionsOf(withKafka(example, 'version: 4.2.1'))).toMatchObject({ spec: { kafka: { version: '4.2.1', metadataVersion: '4.2-IV1' } } });
  });

  it('R5: can have a newer version than its metadata', () => {
    expect(versionsOf(withKafka(example, 'metadataVersion: 4.2-IV1'))).toMatchObject({ spec: { kafka: { version: '4.3.1', metadataVersion: '4.2-IV1' } } });
  });

  it('R1: is refused in a version that the Strimzi of its platform does not run, with the platform that does', () => {
    const files = withKafka(inOlderSet(withoutJobs(), 'dev'), 'version: 4.3.1');
    expect(refusal(files)).toEqual([
      {
        file: file('dev'),
        position: { line: lineOf(files, file('dev'), 'version: 4.3.1'), column: 12 },
        message: 'the Strimzi of platform 2026.08 (1.1.0) does not run Kafka 4.3.1, only 4.2.0, 4.2.1, 4.3.0',
        remedy: 'Write one of those, or leave it out for 4.3.0, or set platform: "2026.11" here.',
      },
    ]);
    expect(refusal(withKafka(example, 'version: 3.9.1'))).toMatchObject([{ remedy: 'Write one of those, or leave it out for 4.3.1.' }]);
  });

  it.each([
    ['version: 4.2.1\n  metadataVersion: 4.3-IV0', /4\.3-IV0 is newer than Kafka 4\.2\.1, whose own is 4\.2-IV1/],
    ['metadataVersion: 4.3-IV1', /4\.3-IV1 is newer than Kafka 4\.3\.1/],
    ['metadataVersion: 4.10-IV0', /4\.10-IV0 is newer than Kafka 4\.3\.1/],
  ])('R5: is refused with metadata that its version does not know: %s', (line, message) => {
    expect(refusal(withKafka(example, line))).toEqual([matching(message)]);
  });

  it('R1: is refused in a further cluster too', () => {
    const further =
      'kafkaClusters: {audit: {cluster: audit, namespace: audit, version: 3.9.1, brokers: {replicas: 1, storage: {class: standard, size: 10Gi}}}}';
    expect(refusal(replaced(example, file('dev'), 'kafka:\n', `${further}\nkafka:\n`))).toMatchObject([
      { file: file('dev'), position: { column: 68 }, remedy: 'Write one of those, or leave it out for 4.3.1.' },
    ]);
  });
});

describe('the Flink of an environment', () => {
  it('R24: is refused where a session cluster asks for a minor that its platform does not have', () => {
    const files = inOlderSet(example, 'dev');
    expect(refusal(files)).toEqual([
      {
        file: file('dev'),
        position: { line: lineOf(files, file('dev'), 'flinkVersion: v2_2'), column: 21 },
        message: 'platform 2026.08 has no Flink v2_2, only v1_19, v1_20, v2_0, v2_1',
        remedy: 'Write one of those, or set platform: "2026.11" here.',
      },
    ]);
  });

  it('R24: is refused where a job of next does, at the job', () => {
    const files = replaced(inOlderSet(example, 'dev'), file('dev'), 'flinkVersion: v2_2', 'flinkVersion: v2_1');
    expect(refusal(files)).toMatchObject([
      {
        file: 'apps/order-processor/pipeline.yaml',
        position: { line: lineOf(files, 'apps/order-processor/pipeline.yaml', 'flinkVersion: v2_2') },
        message: 'the job order-processor runs on Flink v2_2; platform 2026.08 of dev has only v1_19, v1_20, v2_0, v2_1',
        remedy: 'Write one of those, or set platform: "2026.11" in environments/dev/environment.yaml.',
      },
    ]);
  });

  it('is the newest of its platform in what commands make', () => {
    const steps = EXAMPLE.map(([command, options]): (typeof EXAMPLE)[number] =>
      options['name'] === 'dev' ? [command, { ...options, platform: '2026.08' }] : [command, options],
    );
    const files = repository(steps);
    expect(textAt(files, file('dev'))).toContain('flinkVersion: v2_1');
    expect(textAt(files, 'apps/order-processor/pipeline.yaml')).toContain('flinkVersion: v2_1');
    expect(textAt(after(files, 'team', { name: 'billing', namespace: 'billing' }), file('dev'))).not.toContain('v2_2');
  });
});

/** The example with nothing that runs on a Flink. */
function withoutJobs(): Repository {
  return repository(EXAMPLE.filter(([command]) => typeof command === 'string' && ['init', 'environment', 'kafka-cluster'].includes(command)));
}

function lineOf(files: Repository, path: string, text: string): number {
  return textAt(files, path).split(text, 1)[0]?.split('\n').length ?? 0;
}

import { describe, expect, it } from 'vitest';

import { consequences } from '../consequences.js';
import { memoryFiles } from '../../files/memory.js';
import { replaced, textAt, withFiles } from '../../repository.fixture.js';
import { planSync } from '../../run-command.js';
import { after, EXAMPLE, repository, synced, type Repository } from '../../testing.js';
import { kafkaTopic } from './kafka-topic.js';

const PIPELINE = 'apps/order-processor/pipeline.yaml';
const PLACEMENT = 'environments/dev/pipelines/order-processor/placement.yaml';
const RETURNS = { name: 'returns', pipeline: 'order-processor', partitions: 3, config: ['retention.ms=604800000'] };

const without = repository(EXAMPLE);
const example = after(without, 'topic', RETURNS);
/** What sync says of a repository in which somebody has edited declared files. */
const said = (files: Repository): readonly string[] => consequences(planSync(memoryFiles(files)));
/** Somebody takes the topic out of the declaration, and runs no command. */
const takenOut = (files: Repository): Repository => withFiles(files, { [PIPELINE]: textAt(without, PIPELINE) });

describe('sync and every command say which topics would be deleted with their data', () => {
  it('R12: one that somebody took out of a declaration by hand, and what it holds', () => {
    expect(said(example)).toEqual([]);
    expect(said(takenOut(example))).toEqual([
      '1 topic would be deleted with its data in dev: returns (3 partitions, kept for 7 days); Argo CD asks a person first, and a topic that was let go of (managed: false) stays',
    ]);
  });

  it('R12: none that Strimzi has let go of, nor one of which only the size changes', () => {
    expect(said(takenOut(after(example, 'remove', { kind: 'topic', name: 'returns', pipeline: 'order-processor' })))).toEqual([]);
    expect(said(replaced(example, PIPELINE, 'partitions: 3', 'partitions: 6'))).toEqual([]);
  });

  it('with the size that the environment gives them, and the name that they have in Kafka', () => {
    const placed = synced(
      withFiles(example, { [PLACEMENT]: `${textAt(example, PLACEMENT)}topics: {returns: {partitions: 12, config: {cleanup.policy: compact}}}\n` }),
    );
    const named = synced(replaced(placed, PIPELINE, 'partitions: 3', 'topicName: Returns_v1\n    partitions: 3'));
    const gone = withFiles(takenOut(named), { [PLACEMENT]: textAt(example, PLACEMENT) });
    expect(said(gone)[0]).toContain('1 topic would be deleted with its data in dev: Returns_v1 (12 partitions, compacted);');
  });

  it('none that another pipeline of the environment declares from now on', () => {
    const other = after(example, 'pipeline', { name: 'returns', team: 'orders', topics: ['parcels'], partitions: 3 });
    const moved = replaced(takenOut(other), 'apps/returns/pipeline.yaml', '  parcels:', '  returns: {partitions: 3}\n  parcels:');
    expect(said(moved)).toEqual([]);
  });

  it('all of a pipeline that moves to another namespace of Kafka: each is another resource there', () => {
    const moved = replaced(example, 'environments/dev/environment.yaml', 'namespace: kafka\n', 'namespace: streaming\n');
    expect(said(moved)[1]).toMatch(/^3 topics would be deleted with their data in dev: order-totals \(.*\), orders \(.*\), returns \(.*\);/);
  });
});

describe('a KafkaTopic', () => {
  const topic = (metadata: unknown, spec: unknown) =>
    kafkaTopic({ apiVersion: 'kafka.strimzi.io/v1', kind: 'KafkaTopic', name: 't', body: { metadata, spec } });

  it('R12: is managed unless its annotation says exactly "false"', () => {
    expect(topic({ annotations: { 'strimzi.io/managed': 'false' } }, {})?.managed).toBe(false);
    for (const annotations of [undefined, {}, { 'strimzi.io/managed': 'False' }, { 'strimzi.io/managed': false }]) {
      expect(topic({ annotations }, {})?.managed).toBe(true);
    }
  });

  it.each([
    ['nothing', undefined, "Kafka's default number of partitions, kept for Kafka's default time"],
    ['nonsense', { partitions: 'many', config: [] }, "Kafka's default number of partitions, kept for Kafka's default time"],
    ['numbers', { partitions: 1n, config: { 'retention.ms': 7_200_000 } }, '1 partition, kept for 2 hours'],
  ])('of people says what it holds, whatever stands in it: %s', (_what, spec, holds) => {
    expect(topic({ name: 't' }, spec)).toEqual({ topic: 't', managed: true, holds });
  });
});

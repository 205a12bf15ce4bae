import { describe, expect, it } from 'vitest';

import { refusalOf } from '../repository.fixture.js';
import { after, EXAMPLE, repository } from '../testing.js';

const example = repository(EXAMPLE);
const pipeline = { name: 'order-processor', team: 'orders' };
const job = { name: 'order-processor', pipeline: 'order-processor', user: 'flink-app' };

describe('an option that would change nothing is refused', () => {
  it.each<readonly [command: string, options: Readonly<Record<string, unknown>>, message: string, remedy: string]>([
    ['pipeline', { ...pipeline, reads: ['orders'] }, '--reads: there is no job to say that of', 'Name the job: --job <job>'],
    [
      'pipeline',
      { ...pipeline, writes: ['orders'], maxParallelism: 240, flinkConfiguration: ['a.b=c'], package: 'com.acme' },
      '--writes, --max-parallelism, --flink-configuration, --package: there is no job to say that of',
      'Name the job: --job <job>',
    ],
    ['pipeline', { ...pipeline, partitions: 4 }, '--partitions: there is no topic to say that of', 'Name the topics: --topics <topic>,<topic>'],
    [
      'pipeline',
      { ...pipeline, topics: ['new', 'orders'], partitions: 20 },
      '--partitions is of new topics, and orders is there with 10',
      'Raise it by itself: millrace topic orders --pipeline order-processor --partitions 20',
    ],
    ['flink-job', { ...job, consumerGroup: 'group' }, '--consumer-group: of which topics?', 'Name those that it reads: --reads <topic>'],
    ['flink-job', { ...job, deliveryGuarantee: 'at-least-once' }, '--delivery-guarantee: of which topics?', 'Name those that it writes: --writes <topic>'],
    [
      'user',
      { name: 'shop', pipeline: 'order-processor', consumerGroup: 'group' },
      '--consumer-group: of which topics?',
      'Name those that they read: --reads <topic>',
    ],
  ])('%s %j', (command, options, message, remedy) => {
    expect(refusalOf(() => after(example, command, options))).toMatchObject({ kind: 'usage', problems: [{ message, remedy }] });
  });
});

describe('a setting that cannot be', () => {
  it.each([
    ['topic', { name: 'orders', pipeline: 'order-processor', config: ['$x=1'] }, 'for example retention.ms=604800000'],
    ['flink-job', { ...job, flinkConfiguration: ['$x=1'] }, 'for example execution.checkpointing.interval=60s'],
  ])('is refused with one of its own kind: %s', (command, options, example_) => {
    expect(refusalOf(() => after(example, command, options)).problems[0]?.remedy).toContain(example_);
  });
});

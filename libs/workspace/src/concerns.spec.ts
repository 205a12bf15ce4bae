import { describe, expect, it } from 'vitest';

import { concerns } from './concerns.js';

const touched = ['apps/orders/pipeline.yaml', 'environments/dev/kafka/kafka.yaml', 'environments/dev/pipelines/orders/kafka/topic-a.yaml'];

describe('a notice', () => {
  it.each([
    ['of a pipeline that is touched, in whatever environment', 'environments/prod/pipelines/orders/placement.yaml'],
    ['of its declaration', 'apps/orders/next/kafka/topic-b.yaml'],
    ['of an environment in which something is touched', 'environments/dev/environment.yaml'],
    ['of a file in an overlay that is touched', 'environments/dev/kafka/pool-broker.yaml'],
    ["of somebody's patch there", 'environments/dev/kafka/patches/10-mine.yaml'],
    ['of the whole repository', 'millrace.yaml'],
    ['without a place', undefined],
  ])('is told: %s', (_what, file) => {
    expect(concerns(file === undefined ? {} : { file }, touched)).toBe(true);
  });

  it.each([
    ['of another pipeline', 'environments/dev/pipelines/billing/placement.yaml'],
    ['of a pipeline that is called as a part of an overlay', 'environments/dev/pipelines/kafka/placement.yaml'],
    ['of another environment', 'environments/prod/environment.yaml'],
    ['of the same overlay of another environment', 'environments/prod/kafka/kafka.yaml'],
    ['of another overlay', 'environments/dev/operators/strimzi/values.yaml'],
  ])('is not told: %s', (_what, file) => {
    expect(concerns({ file }, touched)).toBe(false);
  });
});

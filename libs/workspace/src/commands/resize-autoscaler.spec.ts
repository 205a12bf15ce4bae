import { describe, expect, it } from 'vitest';

import { memoryFiles } from '../files/memory.js';
import { planCommand } from '../run-command.js';
import { after, EXAMPLE, repository } from '../testing.js';
import { resize } from './resize.js';

const job = { pipeline: 'order-processor', environment: 'dev' };
const example = repository(EXAMPLE);
const scaled = after(example, 'resize', { ...job, autoscaleMax: 8 });
const said = (files: typeof example, options: Readonly<Record<string, unknown>>) =>
  planCommand(memoryFiles(files), resize, { ...job, ...options }).notices.map(({ message, remedy }) => [message, remedy]);

describe('a resize', () => {
  it('R40: says that the autoscaler chooses the parallelism, where it is on', () => {
    const overruled = [
      'the autoscaler chooses the parallelism of order-processor: the one here counts only until it has decided once',
      'Change its limits: --autoscale-min, --autoscale-max.',
    ];
    expect(said(scaled, { parallelism: 4 })).toContainEqual(overruled);
    expect(said(example, { parallelism: 4, autoscaleMax: 8 })).toContainEqual(overruled);
    expect(said(example, { parallelism: 4 })).not.toContainEqual(overruled);
    expect(said(scaled, { autoscaleMax: 10 })).not.toContainEqual(overruled);
  });
});

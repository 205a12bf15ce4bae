import type { YamlValue } from '@millrace/model';
import { describe, expect, it } from 'vitest';

import { applyFileEdits } from './file-edit.js';
import { memoryFiles } from './files/memory.js';
import { refusalOf } from './repository.fixture.js';

const FILE = 'apps/order-processor/pipeline.yaml';
const set = (text: string, value: YamlValue) => () =>
  applyFileEdits(memoryFiles(new Map([[FILE, text]])), [
    { kind: 'yaml', file: FILE, edits: [{ kind: 'set', path: ['topics', 'orders', 'partitions'], value }] },
  ]);

describe('an edit of a declared file that cannot be made', () => {
  it('is refused with its place, which is said once, and what is in the way', () => {
    expect(refusalOf(set('topics:\n  orders: &ten\n    partitions: 10\n', 12)).problems).toEqual([
      {
        file: FILE,
        position: { line: 2, column: 3 },
        message: 'this file cannot be edited for you: cannot edit topics.orders.partitions: found the anchor &ten',
        remedy: 'Make the change by hand, then run millrace sync.',
      },
    ]);
  });

  it('is no fault of the file where the value has no form in YAML', () => {
    expect(set('topics: {}\n', new Array<number>(1))).toThrow(TypeError);
  });
});

import { describe, expect, it, vi } from 'vitest';

import { memoryFiles } from './files/memory.js';
import { judgedWorkspace } from './judged-workspace.js';
import { NOTHING_SPECIAL, planSync } from './run-command.js';
import { EXAMPLE, repository } from './testing.js';

const example = repository(EXAMPLE);

describe('a workspace that was judged', () => {
  it('is planned from as it is: nothing declared is read again', () => {
    const files = memoryFiles(example);
    const judged = judgedWorkspace(files);
    const read = vi.spyOn(files, 'read');
    expect(planSync(files, NOTHING_SPECIAL, judged)).toEqual(planSync(memoryFiles(example)));
    expect(read).toHaveBeenCalled();
    expect(read.mock.calls.flat().filter((path) => /(?:^millrace|\/(?:environment|pipeline|placement))\.yaml$/.test(path))).toEqual([]);
  });
});

import { expect, it } from 'vitest';

import { memoryFiles } from '../files/memory.js';
import { planCommand } from '../run-command.js';
import { after, EXAMPLE, repository } from '../testing.js';
import { operator } from './operator.js';

const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const example = repository(EXAMPLE.slice(0, 8));
const handOver = { name: 'strimzi', environment: 'prod', managed: false };

it('says what goes with the Application of an operator that is handed over, once', () => {
  expect(planCommand(memoryFiles(example), operator, handOver).notices).toMatchObject([
    {
      file: 'environments/prod/environment.yaml',
      message: matching(/^the Application of strimzi in prod goes after you confirmed it/),
      remedy: 'Let the new one be there first, or pause what must not miss it.',
    },
  ]);
  expect(planCommand(memoryFiles(after(example, 'operator', handOver)), operator, handOver).notices).toEqual([]);
});

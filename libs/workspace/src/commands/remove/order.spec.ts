import { describe, expect, it } from 'vitest';

import { memoryFiles } from '../../files/memory.js';
import { planCommand } from '../../run-command.js';
import { after, EXAMPLE, repository, type Repository } from '../../testing.js';
import { remove } from '../remove.js';

const notices = (files: Repository, options: Readonly<Record<string, unknown>>) => planCommand(memoryFiles(files), remove, options).notices;
const placement = { kind: 'placement', name: 'order-processor', environment: 'dev', deleteData: true };

describe('what is removed', () => {
  it('R37, R57: is confirmed in the order in which it can go: the job, which takes its savepoint, then what it needs for that', () => {
    expect(notices(repository(EXAMPLE), placement).at(-1)?.remedy).toMatch(
      /Confirm dev\.order-processor\.flink first, and dev\.order-processor\.kafka when the job is gone/,
    );
  });

  it('R57: leaves Argo CD before it leaves git, where it is a whole environment', () => {
    const empty = [
      ['remove', { ...placement, environment: 'prod' }],
      ['remove', { kind: 'kafka-cluster', name: 'kafka-cluster', environment: 'prod' }],
    ] as const;
    const files = empty.reduce((before, [command, options]) => after(before, command, options), repository(EXAMPLE));
    expect(notices(files, { kind: 'environment', name: 'prod' })).toMatchObject([
      {
        message: expect.stringContaining('the operators too, runs on'),
        remedy: 'Before you push this: argocd app delete prod.pipelines --cascade, then prod.platform, and confirm what they ask.',
      },
    ]);
  });
});

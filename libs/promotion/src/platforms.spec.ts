import { MillraceError } from '@millrace/model';
import { memoryFiles, planCommand } from '@millrace/workspace';
import { after, EXAMPLE, repository, synced } from '@millrace/workspace/testing';
import { expect, it, vi } from 'vitest';

import { promote } from './promote.js';

// The sets that ship have the same Flink minors: here the older one lacks the newest.
vi.mock(import('@millrace/model'), async (original) => {
  const model = await original();
  const { v2_2: _, ...older } = model.platform('2026.08').flink;
  return { ...model, platform: (name) => (name === '2026.08' ? { ...model.platform(name), flink: older } : model.platform(name)) };
});

const STAGING = 'environments/staging/environment.yaml';
const example = repository(EXAMPLE);
const older = synced(new Map([...example].map(([path, text]) => [path, path === STAGING ? text.replace('"2026.11"', '"2026.08"') : text])));

it('R1, R24: a promotion into an environment whose older platform lacks the Flink of the release is refused', () => {
  const options = { pipeline: 'order-processor', to: 'staging' };
  expect([...after(example, promote, options).keys()]).toContain('apps/order-processor/releases/1.0.0/release.yaml');
  let refusal: unknown;
  try {
    planCommand(memoryFiles(older), promote, options);
  } catch (error) {
    refusal = error;
  }
  expect(refusal instanceof MillraceError && refusal.problems).toMatchObject([
    {
      file: 'environments/staging/pipelines/order-processor/placement.yaml',
      message: 'the job order-processor runs on Flink v2_2; platform 2026.08 of staging has only v1_19, v1_20, v2_0, v2_1',
      remedy: 'Pin a release that runs on one of those, or set platform: "2026.11" in environments/staging/environment.yaml.',
    },
  ]);
});

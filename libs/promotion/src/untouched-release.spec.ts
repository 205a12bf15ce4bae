import { isEmpty, memoryFiles, planSync } from '@millrace/workspace';
import { after, EXAMPLE, repository } from '@millrace/workspace/testing';
import { expect, it } from 'vitest';

import { promote } from './promote.js';

const staged = after(repository(EXAMPLE), promote, { pipeline: 'order-processor', to: 'staging' });
const RELEASE = 'apps/order-processor/releases/1.0.0';

it.each(['.DS_Store', 'kafka/.topic-orders.yaml.swp', 'pipeline.yaml~'])('what a file manager or an editor left in a release changes none: %s', (name) => {
  expect(isEmpty(planSync(memoryFiles(new Map([...staged, [`${RELEASE}/${name}`, '']]))).changes)).toBe(true);
});

it('what a person put there does', () => {
  expect(() => planSync(memoryFiles(new Map([...staged, [`${RELEASE}/notes.txt`, '']])))).toThrow(
    `${RELEASE}/notes.txt: this file was added to a frozen release`,
  );
});

import { newRepositorySettings, memoryFiles, planNewRepository, textsOf } from '@millrace/workspace';
import { expect, it } from 'vitest';

import { COMMENT_MARK } from './comment.js';

it('the workflow of a new repository finds its comment by the line with which it begins', () => {
  const texts = textsOf(planNewRepository(memoryFiles(new Map()), newRepositorySettings({ name: 'my-platform' }), '23.2.1'));
  expect(texts.get('.github/workflows/ci.yml')).toContain(`startswith("${COMMENT_MARK}")`);
});

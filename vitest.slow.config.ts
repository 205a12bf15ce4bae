import { defineConfig, mergeConfig } from 'vitest/config';

import fast from './vitest.config.js';

/** Tests that are mostly processes which they start: `npm run test:slow`, and CI after the fast ones. */
export default mergeConfig(
  { ...fast, test: { ...fast.test, include: [], exclude: ['**/node_modules/**'] } },
  defineConfig({ test: { include: ['{libs,tools}/*/src/**/*.slow.spec.ts'] } }),
);

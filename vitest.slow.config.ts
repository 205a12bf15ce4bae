import { defineConfig, mergeConfig } from 'vitest/config';

import fast from './vitest.config.js';

/** Tests that are mostly processes which they start: `npm run test:slow`, and CI after the fast ones. */
export default mergeConfig(
  { ...fast, test: { ...fast.test, include: [], exclude: ['**/node_modules/**'] } },
  // One hook here runs a table of commands, a process each: on a machine that does other things too that takes minutes.
  defineConfig({ test: { include: ['{libs,tools}/*/src/**/*.slow.spec.ts'], testTimeout: 300_000, hookTimeout: 300_000 } }),
);

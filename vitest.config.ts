import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['libs/*/src/**/*.spec.ts', 'libs/apiserver/schemas/*.spec.mjs', 'tools/*/src/**/*.spec.ts'],
    // Two cores, and tests that start processes and workers: slow is not broken.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['libs/*/src/**/*.spec.ts', 'libs/apiserver/schemas/*.spec.mjs', 'tools/*/src/**/*.spec.ts'],
    exclude: [...configDefaults.exclude, '**/*.slow.spec.ts'],
    // Every core: much of the time tests wait for what they started. Two cores, and tests that start processes and workers: slow is not broken.
    maxWorkers: '100%',
    // A loop over nothing asserts nothing.
    expect: { requireAssertions: true },
    // The same words wherever it runs: no colours, also in what tests start.
    env: { FORCE_COLOR: '0' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

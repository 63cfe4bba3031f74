import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['tests/english.ts'],
    // A guard against what never ends, not a measurement: a busy machine may take ten times as long as a free one.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});

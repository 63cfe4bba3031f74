import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['tests/english.ts'],
    // A guard against what never ends, not a measurement: a busy machine may take ten times as long as a free one.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What runs in processes and threads of their own (the command line) is not counted.
    coverage: {
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.d.ts', 'src/kernels/wasm-binary.ts'],
      reporter: ['text-summary', 'html'],
    },
  },
});

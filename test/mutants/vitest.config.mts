import { defineConfig } from 'vitest/config';

/** The tests that judge the verifier, for Stryker alone. */
export default defineConfig({
  test: {
    include: ['test/verify/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    isolate: false,
  },
});

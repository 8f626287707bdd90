import { defineConfig } from 'vitest/config';

/** Tables of facts are text files; esbuild's `text` loader imports them in the bundles, this in the tests. */
const textFiles = {
  name: 'text-files',
  enforce: 'pre' as const,
  transform(code: string, id: string) {
    return id.endsWith('.txt') ? { code: `export default ${JSON.stringify(code)};`, map: null } : undefined;
  },
};

export default defineConfig({
  plugins: [textFiles],
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    testTimeout: 120_000,
    maxWorkers: 2,
  },
});

import { defineConfig } from 'vitest/config';
export default defineConfig({ root: '/work/main', plugins: [{ name: 'stub', enforce: 'pre', resolveId(id: string) { return /facts\/index\.ts$/.test(id) ? '/tmp/stub/facts.ts' : undefined; } }], test: { include: ['test/{properties,verify}/*.test.ts'], testTimeout: 100000 } });

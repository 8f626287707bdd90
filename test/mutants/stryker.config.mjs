import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Mutation testing of the verifier: which of its lines could be another one without a test that fails? */
export default {
  plugins: [new URL('runner.mjs', import.meta.url).href],
  testRunner: 'verifier',
  mutate: ['server/src/engine/verify/**/*.ts'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 30_000,
  // Tables and expressions that a module makes while it loads: each would cost a new start.
  ignoreStatic: true,
  ignorePatterns: ['.ci', '.github', 'dist', 'docs', 'examples', 'client', 'snippets', 'test/editor', 'test/images'],
  reporters: ['clear-text', 'progress', 'json'],
  clearTextReporter: { allowColor: false, logTests: false },
  jsonReporter: { fileName: 'tmp/mutants.json' },
  // Outside the project: its other tools would find a second project below it.
  tempDirName: join(tmpdir(), 'dockerfile-stages-mutants'),
  thresholds: { high: 95, low: 90, break: 90 },
};

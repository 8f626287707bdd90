/**
 * `npm test`: every check and every test, then one summary line. A check counts
 * as one test. Two steps run at a time; the tests last, because some need the build.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const checks = [
  ['lint', 'eslint', '.', '--max-warnings', '0'],
  ['types', 'tsc', '--noEmit', '-p', '.'],
  ['format', 'biome', 'format', '.'],
  ['unused exports', 'knip', '--no-progress', '--no-config-hints'],
  ['architecture', 'depcruise', 'client', 'server', 'test', '--output-type', 'err'],
  ['duplicates', 'node', 'scripts/duplicates.mjs'],
  ['code pages', 'node', 'scripts/docs.mjs', '--check'],
  ['build', 'node', 'esbuild.mjs'],
];

let passed = 0;
let failed = 0;

/** Runs a command of this project; resolves to true when its exit status is 0. Output is shown only on failure. */
function step([name, command, ...args]) {
  const start = performance.now();
  const env = {
    ...process.env,
    PATH: `${join(process.cwd(), 'node_modules', '.bin')}:${process.env.PATH}`,
    FORCE_COLOR: '0',
  };
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', (error) => (output += error.message));
    child.on('close', (code) => {
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
      if (code !== 0) console.log(output.trimEnd());
      else for (const [line] of output.matchAll(/generated files that split: [^\n]*/g)) console.log(`       ${line}`);
      resolve(code === 0);
    });
  });
}

function count(ok) {
  if (ok) passed++;
  else failed++;
}

/** Runs queued steps, so many at a time. */
async function pool(steps, width) {
  const queue = [...steps];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) count(await step(next));
  };
  await Promise.all(Array.from({ length: width }, worker));
}

/** Runs vitest and adds its counts; a run without a report is one failure. */
async function tests() {
  const folder = mkdtempSync(join(tmpdir(), 'stages-test-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const ok = await step(['tests', 'vitest', 'run', ...reporters]);
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    passed += result.numPassedTests;
    failed += result.numFailedTests;
    // A file that could not be loaded or an error outside a test fails no test by itself.
    if (!ok && result.numFailedTests === 0) failed++;
  } catch {
    failed++;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await pool(checks, 2);
await tests();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

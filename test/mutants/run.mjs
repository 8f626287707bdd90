/**
 * `npm run test:mutants [-- FILE …]`: mutation testing (Stryker) of the verifier, or of some of its files
 * (`files.ts`). Installs Stryker into this folder once. `tmp/mutants.json` is the report of all mutants.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');
const lock = readFileSync(join(here, 'package-lock.json'), 'utf8');
const stamp = join(here, 'node_modules/.set-up');

function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  run('npm', ['ci', '--no-audit', '--no-fund'], here);
  writeFileSync(stamp, lock);
}
const files = process.argv.slice(2).map((name) => `server/src/engine/verify/${name.replace(/^.*\//, '')}`);
run(
  join(here, 'node_modules/.bin/stryker'),
  ['run', 'test/mutants/stryker.config.mjs', ...(files.length > 0 ? ['--mutate', files.join(',')] : [])],
  root,
);

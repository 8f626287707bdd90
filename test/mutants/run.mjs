/**
 * `npm run test:mutants [-- FILE …]`: mutation testing (Stryker) of the verifier, or of some of its files
 * (`files.ts`). Installs Stryker into this folder once. `tmp/mutants.json` is the report of all mutants; what is
 * printed last is the table of docs/measured.md.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
const written = join(root, 'tmp/mutants.json');
// What an earlier run said is not printed for one that failed.
rmSync(written, { force: true });
const files = process.argv.slice(2).map((name) => `server/src/engine/verify/${name.replace(/^.*\//, '')}`);
const { status } = spawnSync(
  join(here, 'node_modules/.bin/stryker'),
  ['run', 'test/mutants/stryker.config.mjs', ...(files.length > 0 ? ['--mutate', files.join(',')] : [])],
  { cwd: root, stdio: 'inherit' },
);

/** Mutants of tables that are made at loading are not tried (`ignoreStatic`), and do not count. */
const counts = (mutants) => {
  const of = (...names) => mutants.filter((one) => names.includes(one.status)).length;
  const [killed, survived] = [of('Killed', 'Timeout'), of('Survived', 'NoCoverage')];
  return { killed, survived, share: ((100 * killed) / Math.max(1, killed + survived)).toFixed(1) };
};
if (!existsSync(written)) process.exit(status || 1);
const report = JSON.parse(readFileSync(written, 'utf8'));
const rows = Object.entries(report.files).map(([path, { mutants }]) => [path.replace(/^.*\//, ''), mutants]);
for (const [name, mutants] of [...rows, ['all', rows.flatMap(([, mutants]) => mutants)]]) {
  const { killed, survived, share } = counts(mutants);
  console.log(`| ${name} | ${killed + survived} | ${survived} | ${share} % |`);
}
process.exit(status ?? 1);

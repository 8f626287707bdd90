/**
 * `npm run test:editor [-- --pictures] [--times=N] [NAME …]`: the packaged extension in a real VS Code, driven by a real
 * browser as a user does it. Needs Node.js 20 on Linux and Chromium; installs its own workbench into this folder once.
 * `--pictures` renews docs/pictures and the pictures of the walkthrough; `--if-possible` is content where the workbench cannot be installed,
 * and tries a failed step once more; `--times=10` runs everything ten times and stops after a run that failed. One line a step, one summary line. The steps are in `steps`, one file a theme.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isSetUp, missing, setUp } from './setup.mjs';

const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const times = Number(process.argv.find((word) => word.startsWith('--times='))?.slice('--times='.length) ?? 1);
const pictures = process.argv.includes('--pictures');
/** Continuous integration runs on machines of any speed. */
const retry = process.argv.includes('--if-possible');
// The browser's library would only close its browser, and the suite go on without one.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
const lack = missing();
try {
  if (lack !== undefined && !isSetUp()) throw new Error(lack);
  setUp();
} catch (error) {
  console.log(`The editor was not started: ${error.message.split('\n')[0]}.\n\n0 passed, 0 failed`);
  process.exit(process.argv.includes('--if-possible') ? 0 : 1);
}
const { openSession, root, shots, walkthrough } = await import('./lib/session.mjs');

execFileSync('npm', ['run', '--silent', 'package'], { cwd: root, stdio: 'pipe' });
const folder = new URL('steps', import.meta.url).pathname;
const themes = await Promise.all(
  readdirSync(folder)
    .filter((name) => name.endsWith('.mjs'))
    .sort()
    .map((name) => import(join(folder, name))),
);
let passed = 0;
let failed = 0;

async function step(session, name, run) {
  const started = Date.now();
  for (let tries = 1; ; tries++) {
    try {
      await session.workbench.reset().catch(() => undefined);
      await run(session);
      passed++;
      console.log(
        `ok     ${name} (${((Date.now() - started) / 1000).toFixed(1)} s${tries > 1 ? ', tried twice' : ''})`,
      );
      return;
    } catch (error) {
      await session.shot(`FAILED ${name.replaceAll(/\W+/g, '-')}`);
      if (tries === 1 && retry) continue;
      failed++;
      console.log(`FAILED ${name}: ${firstLines(error)}`);
      const said = session.host.output().trim();
      if (said !== '') console.log(said.split('\n').slice(-12).join('\n'));
      return;
    }
  }
}

function firstLines(error) {
  return String(error.message ?? error)
    .split('\n')
    .slice(0, 4)
    .join(' | ');
}

/** Runs steps in one workbench; `options`: of `openSession`. */
async function inWorkbench(options, steps) {
  const asked = steps.filter(([name]) => chosen.length === 0 || chosen.some((words) => name.includes(words)));
  if (asked.length === 0) return;
  let session;
  try {
    session = await openSession(options);
  } catch (error) {
    failed += asked.length;
    console.log(`FAILED to start for: ${asked.map(([name]) => name).join('; ')}: ${firstLines(error)}`);
    return;
  }
  try {
    for (const [name, run] of asked) await step(session, name, run);
  } finally {
    await session.stop();
  }
}

const shared = themes.filter(({ host }) => host === undefined);
for (let run = 1; run <= times && failed === 0; run++) {
  const [started, before] = [Date.now(), passed];
  const inOne = shared.flatMap(({ steps }) => Object.entries(steps));
  await inWorkbench({}, inOne);
  for (const { host, steps } of themes) if (host !== undefined) await inWorkbench(host, Object.entries(steps));
  const seconds = Math.round((Date.now() - started) / 1000);
  if (times > 1) console.log(`\nrun ${run} of ${times}: ${passed - before} passed, ${failed} failed (${seconds} s)\n`);
}

if (pictures) {
  for (const name of ['hover', 'split', 'refused', 'preview', 'lens'])
    copyFileSync(join(shots, `${name}.png`), join(root, 'docs/pictures', `${name}.png`));
  for (const [shot, name] of Object.entries(walkthrough))
    copyFileSync(join(shots, `${shot}.editor.png`), join(root, 'client/walkthrough', `${name}.png`));
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

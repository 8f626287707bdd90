/** A Docker engine and base images where there are none: on Debian, as root, from packages, outside the project. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineAnswers, isThere } from './docker.mjs';

const scripts = new URL('../../test/images/engine', import.meta.url).pathname;

/** Sets up an engine and makes the base images that no registry gives. Returns false where it cannot be done. */
export function setUp(few) {
  const home = process.env['IMGS'] ?? '/var/tmp/images';
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    mkdirSync(home, { recursive: true });
    cpSync(scripts, home, { recursive: true });
  } catch {
    return false;
  }
  const run = (command, ...args) =>
    spawnSync(join(home, command), args, { encoding: 'utf8', timeout: 240_000, env: { ...process.env, IMGS: home } });
  let up = run('engine.sh', 'up');
  if (up.status !== 0) {
    if (run('engine.sh', 'install').status !== 0) return false;
    up = run('engine.sh', 'up');
  }
  if (up.status !== 0) return false;
  // For whoever ends what a run that was cut off has started.
  if (!up.stdout.includes('already up')) writeFileSync(join(home, 'started-by-tests'), '');
  for (const line of run('engine.sh', 'env')
    .stdout.replace(/^export /, '')
    .trim()
    .split(' ')) {
    const at = line.indexOf('=');
    process.env[line.slice(0, at)] = line.slice(at + 1).replace('$PATH', process.env['PATH'] ?? '');
  }
  return engineAnswers() && basesAreThere(run, few);
}

function basesAreThere(run, few) {
  if (isThere('python:3.11-slim-bookworm') && (few || (isThere('python:3.11-bookworm') && isThere('node:20-bookworm'))))
    return true;
  if (spawnSync('mmdebstrap', ['--version']).error !== undefined) {
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'mmdebstrap'], { timeout: 120_000 });
    if (spawnSync('mmdebstrap', ['--version']).error !== undefined) return false;
  }
  return (
    run('make-base-images.sh', ...(few ? ['debian', 'python-slim'] : ['debian', 'bpd', 'python', 'node'])).status === 0
  );
}

/** Ends the engine if `setUp` started it; its images stay for the next run. */
export function tearDown() {
  const home = process.env['IMGS'] ?? '/var/tmp/images';
  if (!existsSync(join(home, 'started-by-tests'))) return;
  spawnSync(join(home, 'engine.sh'), ['down'], { timeout: 60_000, env: { ...process.env, IMGS: home } });
  rmSync(join(home, 'started-by-tests'));
}

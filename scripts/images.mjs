/**
 * `npm run images [-- NAME]`: builds each application of test/images/apps as it is and split, runs both
 * without a network and compares. Needs a Docker engine with BuildKit (`docker` on PATH), the base images and
 * the package indexes that the builds reach. Prints a Markdown table and one summary line.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const apps = new URL('../test/images/apps', import.meta.url).pathname;
const only = process.argv[2];
const port = 8000;
const folder = mkdtempSync(join(tmpdir(), 'stages-images-'));

function docker(...args) {
  const { status, stdout, stderr, error } = spawnSync('docker', args, { encoding: 'utf8' });
  if (error !== undefined || status !== 0)
    throw new Error(`docker ${args[0]}: ${error?.message ?? (stderr.trim().split('\n').at(-1) || `exit ${status}`)}`);
  return stdout.trim();
}

/** Asks the server in the container with the container's own Python; what a program without a server prints. */
function answer(image) {
  const id = docker('run', '-d', '--network', 'none', image);
  try {
    const ask = `import urllib.request as u; print(u.urlopen("http://localhost:${port}", timeout=1).read().decode())`;
    for (let tries = 0; tries < 40; tries++) {
      if (docker('inspect', '-f', '{{.State.Running}}', id) === 'false')
        return `exit ${docker('inspect', '-f', '{{.State.ExitCode}}', id)}: ${docker('logs', id)}`;
      const { status, stdout } = spawnSync('docker', ['exec', id, 'python3', '-c', ask], { encoding: 'utf8' });
      if (status === 0) return `${stdout.trim()} as user ${docker('exec', id, 'id', '-u')}`;
      execFileSync('sleep', ['0.5']);
    }
    return `no answer: ${docker('logs', id)}`;
  } finally {
    docker('rm', '-f', id);
  }
}

function built(name, variant, file) {
  const image = `stages-${name}-${variant}`;
  docker('build', '--network', 'host', '-q', '-t', image, '-f', file, join(apps, name));
  const megabytes = Math.round(Number(docker('image', 'inspect', '-f', '{{.Size}}', image)) / 1e6);
  return { megabytes, answer: answer(image) };
}

let passed = 0;
let failed = 0;
console.log('| application | original, MB | split, MB | answer |\n|---|---:|---:|---|');
for (const name of readdirSync(apps).sort()) {
  if (only !== undefined && name !== only) continue;
  try {
    const file = join(apps, name, 'Dockerfile');
    const split = join(folder, `${name}.Dockerfile`);
    // Without a context, as where nobody reads the files.
    writeFileSync(
      split,
      execFileSync(process.execPath, ['dist/cli.js', 'split', file], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
    const before = built(name, 'original', file);
    const after = built(name, 'split', split);
    const same = before.answer === after.answer && !/^(exit [^0]|no answer)/.test(before.answer);
    if (same) passed++;
    else failed++;
    console.log(
      `| ${name} | ${before.megabytes} | ${after.megabytes} | ${same ? before.answer : `${before.answer} / ${after.answer}`} |`,
    );
  } catch (error) {
    failed++;
    console.log(`| ${name} | | | ${error.message} |`);
  }
}
rmSync(folder, { recursive: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** Another editor with the server of the command line: its own script works on an example and prints one line a step. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../../..', import.meta.url).pathname;

/**
 * `command`: what is started, with `args`; `steps`: how many lines its script prints; it saves the file of the
 * environment variable STAGES_FILE when it is split. The command `dockerfile-stages` is on PATH. Prints a summary line.
 */
export function tryEditor({ name, command, args, steps }) {
  if (spawnSync(command, ['--version']).error !== undefined) {
    console.log(`There is no ${name} (${command}) on PATH.\n\n0 passed, 0 failed`);
    process.exit(1);
  }
  const home = mkdtempSync(join(tmpdir(), `stages-${command}-`));
  const folder = join(home, 'shop');
  cpSync(join(root, 'examples/python-slim'), folder, { recursive: true });
  const file = join(folder, 'Dockerfile');
  const own = join(home, 'bin/dockerfile-stages');
  mkdirSync(join(home, 'bin'));
  writeFileSync(own, `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'dist/cli.js')}" "$@"\n`);
  chmodSync(own, 0o755);
  const { stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 120_000,
    env: { ...process.env, HOME: home, PATH: `${join(home, 'bin')}:${process.env.PATH}`, STAGES_FILE: file },
  });
  const lines = stdout.split('\n').filter((line) => /^(ok|FAILED) /.test(line));
  const saved = /^FROM base AS runtime$/m.test(readFileSync(file, 'utf8'));
  lines.push(`${saved ? 'ok     ' : 'FAILED '}${name}: the file is saved as it was split`);
  console.log(lines.join('\n'));
  rmSync(home, { recursive: true });
  const passed = lines.filter((line) => line.startsWith('ok')).length;
  const failed = Math.max(steps + 1, lines.length) - passed;
  if (failed > 0) console.log(stderr.trim().split('\n').slice(-8).join('\n'));
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

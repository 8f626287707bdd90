/** `npm run test:neovim`: the command line's server in a headless Neovim (0.7 or later). */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;
if (spawnSync('nvim', ['--version']).error !== undefined) {
  console.log('There is no Neovim (nvim) on PATH.\n\n0 passed, 0 failed');
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'stages-neovim-'));
cpSync(join(root, 'examples/python-slim'), folder, { recursive: true });
const file = join(folder, 'Dockerfile');
const { stdout, stderr } = spawnSync(
  'nvim',
  ['--headless', '-u', 'NONE', '-n', '-c', `luafile ${join(root, 'test/editor/neovim.lua')}`],
  {
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, STAGES_FILE: file, STAGES_NODE: process.execPath, STAGES_CLI: join(root, 'dist/cli.js') },
  },
);
const lines = stdout.split('\n').filter((line) => /^(ok|FAILED) /.test(line));
console.log(lines.join('\n'));
const saved = /^FROM base AS runtime$/m.test(readFileSync(file, 'utf8'));
console.log(`${saved ? 'ok     ' : 'FAILED '}neovim: the file is saved as it was split`);
rmSync(folder, { recursive: true });
const failed = lines.filter((line) => line.startsWith('FAILED')).length + (saved ? 0 : 1) + (lines.length < 5 ? 1 : 0);
if (failed > 0 && stderr !== '') console.log(stderr.trim().split('\n').slice(-5).join('\n'));
console.log(`\n${lines.length + 1 - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** `npm run demo`: builds, then shows what the command line says of the projects in examples/. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const colours = process.stdout.isTTY && process.env.NO_COLOR === undefined ? true : process.env.FORCE_COLOR === '1';
const paint = (code, text) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
const bold = (text) => paint('1', text);
const dim = (text) => paint('2', text);

/** Runs the built command line; its output whatever its exit status. */
function stages(...args) {
  const { stdout, stderr, error } = spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8' });
  if (error !== undefined) throw error;
  return { stdout, stderr };
}

function colouredDiff(patch) {
  const lines = patch.split('\n').map((line) => {
    if (/^(\+\+\+|---|===|Index)/.test(line)) return bold(line);
    if (line.startsWith('@@')) return paint('36', line);
    if (line.startsWith('+')) return paint('32', line);
    return line.startsWith('-') ? paint('31', line) : line;
  });
  return lines.join('\n').trimEnd();
}

function section(title, text) {
  if (text.trim() !== '') console.log(`\n${bold(title)}\n${text.trimEnd()}`);
}

execFileSync(process.execPath, ['esbuild.mjs'], { stdio: 'inherit' });
const projects = readdirSync('examples', { withFileTypes: true }).filter((entry) => entry.isDirectory());
for (const { name } of projects) {
  const file = join('examples', name, 'Dockerfile');
  const context = ['--context', join('examples', name)];
  console.log(`\n${paint('7', ` ${file} `)}`);
  section('Findings', stages('check', file, ...context).stdout);
  section('The split', colouredDiff(stages('split', file, '--diff', ...context).stdout));
  section('What was decided, and why', stages('explain', file, ...context).stdout);
}
console.log(dim('\nThe same in an editor: npm run package, then install the .vsix (README.md).'));

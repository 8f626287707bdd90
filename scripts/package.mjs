/** `npm run package`: builds and packs the .vsix, and fails when it holds what it should not or has grown too big. */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const file = `${name}-${version}.vsix`;
const maximumBytes = 2 * 1024 * 1024;

/** Runs vsce with its list of files on standard output. */
function vsce(...args) {
  return execFileSync(process.execPath, ['node_modules/@vscode/vsce/vsce', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

// `vscode:prepublish` builds; the links of the README stay as they are, there is no repository to point them at.
vsce('package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', file);
const foreign = vsce('ls', '--no-dependencies')
  .split('\n')
  .filter((path) => /\.(ts|map|mjs)$|node_modules|^test|^server|^docs|^examples/.test(path));
if (foreign.length > 0) throw new Error(`does not belong into the package: ${foreign.join(', ')}`);
const { size } = statSync(file);
if (size > maximumBytes) throw new Error(`${file} has ${size} bytes, more than ${maximumBytes}`);
console.log(`${file}: ${(size / 1024).toFixed(0)} KB`);

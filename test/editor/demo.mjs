/** `npm run demo:editor`: a VS Code in the browser with the extension and the examples; ends with Ctrl+C. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setUp } from './setup.mjs';

const root = new URL('../..', import.meta.url).pathname;
try {
  setUp();
} catch (error) {
  console.error(`The editor cannot be started: ${error.message.split('\n')[0]}.`);
  process.exit(1);
}
const { startHost } = await import('./lib/host.mjs');
execFileSync('npm', ['run', '--silent', 'package'], { cwd: root, stdio: 'pipe' });
const files = {};
const walk = (folder, name) => {
  for (const entry of readdirSync(folder)) {
    const path = join(folder, entry);
    const at = name === '' ? entry : `${name}/${entry}`;
    if (statSync(path).isDirectory()) walk(path, at);
    else files[at] = readFileSync(path, 'utf8');
  }
};
walk(join(root, 'examples'), '');
const vsix = join(
  root,
  readdirSync(root).find((name) => name.endsWith('.vsix')),
);
const host = await startHost({ vsix, files });
console.log(`Open ${host.url('python-slim/Dockerfile')}\nCtrl+C ends it.`);
process.on('SIGINT', () => void host.stop().then(() => process.exit(0)));

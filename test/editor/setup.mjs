/**
 * Installs a real VS Code workbench (code-server) and the browser driver into this folder, from the npm registry alone.
 * Does nothing when that is done already. Throws an error whose message says what the machine lacks.
 *
 * npm's own scripts are left out: code-server's would refuse root and fetch from elsewhere. Instead the three native
 * modules that its server loads are built here, and ripgrep is taken from its npm package.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const vscode = join(here, 'node_modules/code-server/lib/vscode');
const nativeModules = ['node-pty', '@vscode/spdlog', 'native-watchdog'];

/** The browser that the tests drive: `CHROMIUM`, else where Debian and others install it; undefined when there is none. */
export function browser() {
  const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return [process.env.CHROMIUM, ...known].find((path) => path !== undefined && existsSync(path));
}

/** What keeps a workbench from being installed and driven on this machine, in words; undefined when nothing does. */
export function missing() {
  const major = Number(process.versions.node.split('.')[0]);
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'the workbench is set up for Linux on x64 only';
  if (major !== 20) return `code-server 4.100 needs Node.js 20, this is ${process.versions.node}`;
  if (browser() === undefined) return 'there is no Chromium (Debian: apt-get install chromium, or set CHROMIUM)';
  const tools = ['python3', 'make', 'g++'].filter((tool) => spawnSync(tool, ['--version']).status !== 0);
  return tools.length > 0 ? `native modules need ${tools.join(', ')}` : undefined;
}

/** True when this folder holds a workbench set up from the present lock file and Node.js. */
export function isSetUp() {
  const file = join(here, 'node_modules/.set-up');
  return existsSync(file) && readFileSync(file, 'utf8') === stamp();
}

function stamp() {
  return `${process.version}\n${readFileSync(join(here, 'package-lock.json'), 'utf8')}`;
}

function run(command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env: process.env });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${`${stdout}${stderr}`.slice(-3000)}`);
}

/** Installs the workbench unless it is there. About 30 s; needs the npm registry. */
export function setUp() {
  const lack = missing();
  if (lack !== undefined) throw new Error(lack);
  if (isSetUp()) return;
  console.log('Installing a VS Code workbench into test/editor (30 to 60 s) …');
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], here);
  // `npm ci` refuses code-server's own lock file.
  const install = ['install', '--ignore-scripts', '--omit=dev', '--legacy-peer-deps', '--no-audit', '--no-fund'];
  run('npm', install, vscode);
  const global = execFileSync('npm', ['root', '-g'], { encoding: 'utf8' }).trim();
  const prefix = dirname(dirname(process.execPath));
  const headers = existsSync(join(prefix, 'include/node/node.h')) ? [`--nodedir=${prefix}`] : [];
  for (const module of nativeModules) {
    const cwd = join(vscode, 'node_modules', module);
    run(process.execPath, [join(global, 'npm/node_modules/node-gyp/bin/node-gyp.js'), 'rebuild', ...headers], cwd);
  }
  link('node_modules', join(vscode, 'node_modules.asar'));
  link('code-linux.sh', join(vscode, 'bin/remote-cli/code-server'));
  link('browser-linux.sh', join(vscode, 'bin/helpers/browser.sh'));
  const ripgrep = join(vscode, 'node_modules/@vscode/ripgrep/bin');
  mkdirSync(ripgrep, { recursive: true });
  cpSync(join(here, 'node_modules/@vscode/ripgrep-linux-x64/bin/rg'), join(ripgrep, 'rg'));
  writeFileSync(join(here, 'node_modules/.set-up'), stamp());
}

function link(target, path) {
  rmSync(path, { force: true });
  symlinkSync(target, path);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp();

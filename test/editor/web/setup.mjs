/**
 * Installs VS Code for the web, a server for it and the browser driver into this folder, from the npm registry alone.
 * Does nothing when that is done already. Throws an error whose message says what the machine lacks.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browser } from '../setup.mjs';

const here = dirname(fileURLToPath(import.meta.url));
/** The server takes a build that it "has downloaded already": a folder with this name. Without it it would download one. */
export const commit = '0'.repeat(40);
export const builds = join(here, 'node_modules/.builds');
const build = `vscode-web-stable-${commit}`;

/** What keeps the suite from running on this machine, in words; undefined when nothing does. */
export function missing() {
  return browser() === undefined
    ? 'there is no Chromium (Debian: apt-get install chromium, or set CHROMIUM)'
    : undefined;
}

/** True when this folder holds what the present lock file asks for. */
export function isSetUp() {
  const file = join(here, 'node_modules/.set-up');
  return existsSync(file) && readFileSync(file, 'utf8') === readFileSync(join(here, 'package-lock.json'), 'utf8');
}

/** Installs unless it is there. About 10 s; needs the npm registry. */
export function setUp() {
  const lack = missing();
  if (lack !== undefined) throw new Error(lack);
  if (isSetUp()) return;
  console.log('Installing VS Code for the web into test/editor/web (10 to 40 s) …');
  // A script of a dependency would download another browser.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: here, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${`${stdout}${stderr}`.slice(-3000)}`);
  rmSync(builds, { recursive: true, force: true });
  mkdirSync(builds);
  cpSync(join(here, 'node_modules/vscode-web/dist'), join(builds, build), { recursive: true });
  writeFileSync(join(builds, build, 'version'), build);
  // The workbench asks for it whatever the language.
  writeFileSync(join(builds, build, 'out/nls.messages.js'), '');
  writeFileSync(join(here, 'node_modules/.set-up'), readFileSync(join(here, 'package-lock.json'), 'utf8'));
}

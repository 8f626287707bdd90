/** What yarn.lock and pnpm-lock.yaml say of the packages that are installed. */
import { describe, expect, it, test } from 'vitest';
import { pnpmLock, yarnLock } from '../../server/src/engine/ecosystems/node/locks.ts';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { engine, filesContext } from './engine.ts';

const YARN_1 = `# yarn lockfile v1


"@types/ms@^2", "@types/ms@^2.0.0":
  version "2.1.0"
  resolved "https://registry.example.com/@types/ms.tgz#abc"

simple-git@^3.0.0:
  version "3.27.0"
  dependencies:
    ms "^2.1.3"
`;
const YARN_4 = `__metadata:
  version: 8

"@types/ms@npm:^2.0.0":
  version: 2.1.0
  resolution: "@types/ms@npm:2.1.0"

"simple-git@npm:^3.0.0, simple-git@npm:^3.1.0":
  version: 3.27.0
  dependencies:
    ms: "npm:^2.1.3"
`;
const PNPM_6 = `lockfileVersion: '6.0'

dependencies:
  git-clone:
    specifier: ^0.2.0

packages:

  /@scope/native@1.2.3(peer@2.0.0):
    resolution: {integrity: sha512-x}
    requiresBuild: true
    dev: false

  /simple-git@3.27.0:
    resolution: {integrity: sha512-x}
    dependencies:
      ms: 2.1.3
    dev: false

  /only-here@1.0.0:
    resolution: {integrity: sha512-x}
    dev: true
`;
const PNPM_5 = PNPM_6.replace("'6.0'", '5.4').replace(/^( {2}\/@?[^@(:]+)@([^(:]+)(?:\((.*)\))?:$/gm, '$1/$2_$3:');
const PNPM_9 = PNPM_6.replace("'6.0'", "'9.0'")
  .replace(/^ {2}\/(@.*):$/gm, "  '$1':")
  .replace(/^ {2}\//gm, '  ')
  .replace(/^ {4}(requiresBuild|dev): .*\n/gm, '');

describe('yarn.lock lists names and versions', () => {
  it.each([
    ['Yarn 1', YARN_1],
    ['Yarn 4', YARN_4],
  ])('of %s', (_name, text) => {
    expect(yarnLock(text)).toEqual({
      scripts: undefined,
      development: false,
      names: ['@types/ms', 'simple-git'],
      versions: { '@types/ms': '2.1.0', 'simple-git': '3.27.0' },
    });
  });
});

describe('pnpm-lock.yaml', () => {
  it.each([
    ['5', PNPM_5],
    ['6', PNPM_6],
  ])('of version %s tells who runs a script and what is for development', (_name, text) => {
    expect(pnpmLock(text)).toEqual({
      scripts: ['@scope/native'],
      development: true,
      names: ['@scope/native', 'simple-git'],
      versions: { '@scope/native': '1.2.3', 'simple-git': '3.27.0', 'only-here': '1.0.0' },
    });
  });

  it('of version 9 lists names and versions', () => {
    expect(pnpmLock(PNPM_9)).toEqual({
      scripts: undefined,
      development: false,
      names: ['@scope/native', 'simple-git', 'only-here'],
      versions: { '@scope/native': '1.2.3', 'simple-git': '3.27.0', 'only-here': '1.0.0' },
    });
  });
});

function splitOf(manager: string, lock: Readonly<Record<string, string>>, manifest: object) {
  const install = manager === 'pnpm' ? 'RUN npm install -g pnpm@8\nRUN pnpm install' : 'RUN yarn install';
  const text = `FROM node:22\nWORKDIR /app\nCOPY . .\n${install} --frozen-lockfile --production\nCMD ["node", "index.js"]\n`;
  const files = { 'package.json': JSON.stringify(manifest), 'index.js': 'console.log(1);\n', ...lock };
  return engine.analyse(text, defaultSettings, filesContext(files));
}

test('what a dependency of a dependency starts is kept', () => {
  const { best } = splitOf('yarn', { 'yarn.lock': YARN_1 }, { dependencies: { deploy: '1' } });
  expect(best?.kept.map(({ what }) => what)).toContain('git');
});

test('a development dependency that is stated is none of the program', () => {
  const { best } = splitOf('yarn', { 'yarn.lock': YARN_1 }, { devDependencies: { 'simple-git': '3' } });
  expect(best?.kept.map(({ what }) => what)).not.toContain('git');
});

test('a lock file that tells of scripts leaves nothing to assume', () => {
  const lock = PNPM_6.replace(/^ {4}requiresBuild: true\n/m, '');
  const { best } = splitOf('pnpm', { 'pnpm-lock.yaml': lock }, { dependencies: { 'simple-git': '3' } });
  expect(best?.assumptions).toEqual([]);
  const doubted = splitOf('pnpm', { 'pnpm-lock.yaml': PNPM_9 }, { dependencies: { 'simple-git': '3' } });
  expect(doubted.best?.assumptions.map(({ kind }) => kind)).toEqual(['dependencies-unread']);
});

test('a browser that may be for development alone is neither copied nor forgotten', () => {
  const lock = `${YARN_1}\npuppeteer@^21.0.0:\n  version "21.3.0"\n`;
  const copies = (manifest: object): unknown => {
    const { status, best } = splitOf('yarn', { 'yarn.lock': lock }, manifest);
    return status === 'split' ? best?.copies.map(({ source }) => source) : status;
  };
  expect(copies({ dependencies: { puppeteer: '21' } })).toContain('/root/.cache/puppeteer');
  expect(copies({ devDependencies: { puppeteer: '21' } })).not.toContain('/root/.cache/puppeteer');
  expect(copies({ dependencies: { pdf: '1' } })).toBe('refused');
});

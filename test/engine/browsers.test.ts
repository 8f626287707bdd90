/** Browsers that npm packages download: where they are certain to be there they are copied; where it hangs on a version nobody has chosen, no split says so. */
import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { engine, filesContext } from './engine.ts';

const FILE = `FROM node:22
RUN apt-get update && apt-get install -y --no-install-recommends libnss3 libgbm1
WORKDIR /app
COPY package*.json ./
RUN npm install --omit=dev
COPY x.js .
CMD ["node", "x.js"]
`;

type Locked = Readonly<Record<string, { readonly version: string; readonly dev?: true }>>;

function lockOf(entries: Locked): string {
  return JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...entries } }, undefined, 2);
}

/** The copies of the split, and why there is none. */
function splitOf(dependencies: Readonly<Record<string, string>>, lock: Locked | undefined) {
  const files = {
    'package.json': JSON.stringify({ name: 'app', dependencies }),
    'x.js': 'require("puppeteer");\n',
    ...(lock === undefined ? {} : { 'package-lock.json': lockOf(lock) }),
  };
  const { best, reasons } = engine.analyse(FILE, defaultSettings, filesContext(files));
  return { copies: best?.copies.map(({ source }) => source), reasons: reasons.map(({ code }) => code) };
}

const CACHE = '/root/.cache';

describe('without a lock file the range decides', () => {
  test.each([
    ['puppeteer', '^24.1.0', `${CACHE}/puppeteer`],
    ['puppeteer', '19', `${CACHE}/puppeteer`],
    ['playwright', '~1.37.0', `${CACHE}/ms-playwright`],
    ['playwright', '1.9.0', `${CACHE}/ms-playwright`],
    ['cypress', '^13', `${CACHE}/Cypress`],
  ])('%s %s downloads', (name, range, place) => {
    expect(splitOf({ [name]: range }, undefined).copies).toContain(place);
  });

  test.each([
    ['puppeteer', '~18.2.0'],
    ['playwright', '1.38.0'],
    ['playwright', '^1.40.0'],
    ['puppeteer', '~18.104.0'],
    ['cypress', '2.x'],
  ])('%s %s does not', (name, range) => {
    const { copies } = splitOf({ [name]: range }, undefined);
    expect(copies?.filter((path) => path.startsWith(CACHE))).toEqual([]);
  });

  test.each([
    ['puppeteer', '>=18.0.0'],
    ['puppeteer', '18 || 24'],
    ['puppeteer', 'github:puppeteer/puppeteer#v18.2.0'],
    ['playwright', '^1.30.0'],
    ['playwright', '1.x'],
  ])('%s %s may: a copy of what may not be there would end the build', (name, range) => {
    const { copies, reasons } = splitOf({ [name]: range }, undefined);
    expect(copies).toBeUndefined();
    expect(reasons).toContain('copy-uncertain');
  });
});

test.each<[string, Locked]>([
  [
    'above',
    {
      'node_modules/a/node_modules/puppeteer': { version: '24.1.0', dev: true },
      'node_modules/puppeteer': { version: '24.1.0' },
    },
  ],
  [
    'below',
    {
      'node_modules/puppeteer': { version: '24.1.0' },
      'node_modules/z/node_modules/puppeteer': { version: '24.1.0', dev: true },
    },
  ],
])('a lock file that has the package for development too, %s', (_, lock) => {
  expect(splitOf({ printer: '1' }, lock).copies).toContain(`${CACHE}/puppeteer`);
});

/** Commands that stand in the arguments of other commands, and scripts of package.json wherever it lies. */
import { describe, expect, test } from 'vitest';
import type { Context } from '../../server/src/engine/model/analysis.ts';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { engine, filesContext } from './engine.ts';

type Files = Readonly<Record<string, string>>;

/** A full image: git is in it, and not in the slim one. */
const file = (...steps: readonly string[]): string =>
  ['FROM node:20-bookworm', 'WORKDIR /app', 'COPY package*.json ./', 'RUN npm ci', 'COPY . .', ...steps, ''].join('\n');

const manifest = (scripts: Files, name = 'app'): string => JSON.stringify({ name, scripts, dependencies: { ms: '2' } });

/** A build context of these files in which everything has been read; `calls` and `start.sh` call git. */
function context(files: Files): Context {
  const all: Files = {
    'package.json': manifest({ start: 'node x.js', calls: 'git pull' }),
    'package-lock.json':
      '{\n  "lockfileVersion": 3,\n  "packages": {\n    "": {\n    },\n    "node_modules/ms": {\n      "version": "2.1.3"\n    }\n  }\n}\n',
    'x.js': 'console.log(1);\n',
    'entry.sh': '#!/bin/sh\nexec "$@"\n',
    'start.sh': '#!/bin/sh\ngit pull\n',
    'bin/run': '#!/bin/sh\ngit pull\n',
    ...files,
  };
  return filesContext(all);
}

function split(command: string, files: Files = {}): { git: boolean; unread: string | undefined } {
  const best = engine.analyse(file(command), defaultSettings, context(files)).best;
  expect(best).toBeDefined();
  return {
    git: best?.kept.some(({ what }) => what === 'git') === true,
    unread: best?.assumptions.find(({ kind }) => kind === 'entry-script-unread')?.what,
  };
}

describe('what an argument starts is kept', () => {
  test.each([
    'CMD ["./entry.sh", "npm", "run", "calls"]',
    'ENTRYPOINT ["./entry.sh"]\nCMD ["npm", "run", "calls"]',
    'ENTRYPOINT ["./entry.sh"]\nCMD ["./start.sh"]',
    'CMD ["./entry.sh", "bin/run"]',
    'CMD sh -c "./entry.sh db:5432 -t 0 -- npm run calls"',
    'CMD ["tini", "-g", "--", "bin/run"]',
    'CMD dockerize -wait tcp://db:5432 -timeout 60s npm run calls',
    'CMD ["doppler", "run", "--", "npm", "run", "calls"]',
    'CMD ["chamber", "exec", "prod", "--", "npm", "run", "calls"]',
    'CMD ["nice", "-n", "5", "npm", "run", "calls"]',
    'CMD ["sudo", "-u", "node", "npm", "run", "calls"]',
    'CMD ["timeout", "-k", "5", "60", "npm", "run", "calls"]',
    'CMD ["setpriv", "--reuid", "1000", "--clear-groups", "npm", "run", "calls"]',
    'CMD ["npx", "pm2-runtime", "start", "npm", "--name", "web", "--", "run", "calls"]',
    'CMD ["npx", "dotenv", "-e", ".env", "--", "npm", "run", "calls"]',
    'CMD ["npx", "concurrently", "npm:calls"]',
    'CMD ["npx", "nodemon", "--exec", "npm run calls"]',
  ])('%s', (command) => {
    expect(split(command).git).toBe(true);
  });
});

describe('scripts of package.json wherever it lies', () => {
  const api = { 'packages/api/package.json': manifest({ start: 'git pull && node x.js' }, '@shop/api') };
  test.each([
    'CMD cd packages/api && npm start',
    'CMD (cd packages/api; yarn start)',
    'CMD ["npm", "--prefix", "packages/api", "start"]',
    'CMD ["pnpm", "-C", "packages/api", "start"]',
    'CMD ["yarn", "--cwd=/app/packages/api", "start"]',
    'CMD ["yarn", "workspace", "@shop/api", "start"]',
    'CMD ["npm", "start", "-w", "packages/api"]',
    'CMD ["pnpm", "--filter", "@shop/api...", "start"]',
  ])('%s', (command) => {
    expect(split(command, api).git).toBe(true);
  });
  test.each([
    ['CMD ["npm", "start", "--workspace=web"]', 'the script `start` of web'],
    ['CMD ["npm", "start", "--workspaces"]', 'the script `start` of /app'],
    ['CMD ["npx", "turbo", "run", "start"]', 'the scripts that `turbo` runs'],
    ['WORKDIR /srv\nCMD ["npm", "start"]', 'the script `start` of /srv'],
  ])('%s: nobody has read it', (command, unread) => {
    expect(split(command, api)).toEqual({ git: false, unread });
  });
});

test.each([
  ['run-p', 'run-p serve calls'],
  ['npm-run-all', 'npm-run-all --parallel serve "cal*"'],
  ['concurrently with a pattern', 'concurrently "npm:cal*"'],
  ['through npx', 'npx run-s build calls'],
])('several scripts at once: %s', (_what, all) => {
  const files = { 'package.json': manifest({ all, serve: 'node x.js', build: 'tsc', calls: 'git pull' }) };
  expect(split('CMD ["npm", "run", "all"]', files).git).toBe(true);
});

test('scripts that start one another end', () => {
  const scripts = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`s${at}`, 'run-p "s*"']));
  expect(split('CMD ["npm", "run", "s1"]', { 'package.json': manifest(scripts) })).toEqual({
    git: false,
    unread: undefined,
  });
});

test('the ecosystem file of pm2', () => {
  const named = (app: string): Files => ({ 'ecosystem.config.js': `module.exports = { apps: [${app}] };\n` });
  const command = 'RUN npm i -g pm2\nCMD ["pm2-runtime", "start", "ecosystem.config.js"]';
  expect(split(command, named("{ script: 'npm', args: 'run calls' }")).git).toBe(true);
  expect(split(command, named("{ 'script': './start.sh' }")).git).toBe(true);
  expect(split(command, named("{ script: 'x.js', name: 'npm' }"))).toEqual({ git: false, unread: undefined });
  expect(split(command).unread).toBe('ecosystem.config.js');
});

test.each([
  'CMD ["npm", "start"]',
  'CMD ["npm", "start", "--", "--port", "3000"]',
  'CMD ["pnpm", "-w", "start"]',
  'CMD ["npx", "ts-node", "x.js"]',
  'CMD ["yarn", "ts-node", "./x.js"]',
  'CMD echo "npm run calls" && node x.js',
  'CMD ["pm2-runtime", "x.js", "--name", "npm"]',
])('%s starts nothing else', (command) => {
  expect(split(command)).toEqual({ git: false, unread: undefined });
});

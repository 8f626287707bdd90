import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../server/src/engine/settings.ts';
import { engine } from '../engine.ts';
import { cases, contextOf } from './check.ts';

const code = 'unreached-stage';
const dead = (name: string): string =>
  `FROM alpine:3.20 AS ${name}\nRUN touch /a\nFROM alpine:3.20\nCMD ["sleep", "1"]\n`;
const says = ['hint assets'];

describe('a stage from which nothing is built', () => {
  cases(code, [
    { name: 'without a name', text: dead('x').replace(' AS x', ''), says: ['hint alpine:3.20'] },
    { name: 'a name that nothing mentions', text: dead('assets'), context: { 'compose.yaml': 'services: {}\n' }, says },
    {
      name: 'a name that is only a part of another',
      text: dead('assets'),
      context: { Makefile: 'all: my-assets\n' },
      says,
    },
    {
      name: 'only the one that nothing uses, of two',
      text: `FROM alpine AS deps\nFROM deps AS assets\nFROM alpine\nCMD ["sleep", "1"]\n`,
      context: { Makefile: 'all:\n' },
      says,
    },
    { name: 'without a build context', text: dead('assets') },
    {
      name: 'compose names it',
      text: dead('assets'),
      context: { 'docker-compose.prod.yml': 'build:\n  target: assets\n' },
    },
    { name: 'bake names it', text: dead('assets'), context: { 'docker-bake.hcl': 'target = "assets"\n' } },
    { name: 'a workflow names it', text: dead('assets'), context: { '.github/workflows/ci.yml': 'target: assets\n' } },
    {
      name: 'a script names it',
      text: dead('assets'),
      context: { 'scripts/build.sh': 'docker build --target assets .\n' },
    },
    {
      name: 'a file that the build leaves out names it',
      text: dead('assets'),
      context: { '.dockerignore': '*\n', Makefile: 'docker build --target=assets .\n' },
    },
    { name: 'a stage for tests', text: dead('unit-tests'), context: { Makefile: '' } },
    { name: 'a stage for development', text: dead('dev-envs'), context: { Makefile: '' } },
    { name: 'an image of its own', text: dead('release-alpine'), context: { Makefile: '' } },
    {
      name: 'the last stage',
      text: 'FROM alpine\nRUN touch /a\nFROM alpine AS assets\n',
      context: { Makefile: '' },
      says: ['hint alpine'],
    },
    {
      name: 'copied from',
      text: `FROM alpine AS assets\nRUN touch /a\nFROM alpine\nCOPY --from=assets /a /a\n`,
      context: { Makefile: '' },
    },
    {
      name: 'mounted',
      text: `FROM alpine AS assets\nRUN touch /a\nFROM alpine\nRUN --mount=from=assets,target=/m cp /m/a /a\n`,
      context: { Makefile: '' },
    },
    {
      name: 'a variable may mean it',
      text: `ARG S=assets\nFROM alpine AS assets\nFROM alpine AS other\nFROM $S\n`,
      context: { Makefile: '' },
    },
  ]);

  it('is not spoken of before everything that may name it was read', () => {
    const read = contextOf({ 'compose.yaml': 'services: {}\n', Makefile: 'all:\n' });
    const half = { ...read, read: (path: string) => (path === 'Makefile' ? ('unread' as const) : read.read(path)) };
    const analysis = engine.analyse(dead('assets'), defaultSettings, half);
    expect(analysis.findings).toEqual([]);
    expect(analysis.wants).toContain('Makefile');
    const nothing = { read: () => 'unread' as const, list: () => 'unread' as const };
    expect(engine.analyse(dead('assets'), defaultSettings, nothing).wants).toContain('./');
  });
});

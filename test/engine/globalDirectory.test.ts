/** `npm install -g .`: what package.json and the lock file of the directory say counts, and is named where nobody has read it. */
import { expect, test } from 'vitest';
import type { Context } from '../../server/src/engine/model/analysis.ts';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { engine, filesContext } from './engine.ts';

const FILE = 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm install -g .\nWORKDIR /work\nENTRYPOINT ["mycli"]\n';
const LOCK = '{\n  "lockfileVersion": 3,\n  "packages": {\n    "": {\n    }\n  }\n}\n';

function context(dependencies: Readonly<Record<string, string>>): Context {
  const files: Readonly<Record<string, string>> = {
    'package.json': JSON.stringify({ name: 'mycli', bin: 'x.js', dependencies }),
    'package-lock.json': LOCK,
    'x.js': 'console.log(1);\n',
  };
  return filesContext(files);
}

test('unread: package.json is named, not the directory', () => {
  const { best } = engine.analyse(FILE, defaultSettings, undefined);
  expect(best?.assumptions.map(({ kind, what }) => [kind, what])).toEqual([['dependencies-unread', 'package.json']]);
});

test.each([
  [{ ms: '2' }, false],
  [{ 'simple-git': '3' }, true],
])('read: %j', (dependencies, git) => {
  const { best } = engine.analyse(FILE, defaultSettings, context(dependencies));
  expect(best?.assumptions).toEqual([]);
  expect(best?.kept.some(({ what }) => what === 'git')).toBe(git);
});

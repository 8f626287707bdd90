import { expect, test } from 'vitest';
import { redacted, reportOf } from '../../server/src/engine/explain/report.ts';
import type { Context } from '../../server/src/engine/model/analysis.ts';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { engine } from './engine.ts';

test.each([
  ['ENV API_TOKEN=abc123', 'ENV API_TOKEN=***'],
  ['ENV DB_PASSWORD "two words"', 'ENV DB_PASSWORD ***'],
  ['ARG NPM_AUTH="x y"', 'ARG NPM_AUTH=***'],
  ['RUN TOKEN=abc curl https://user:pw@example.com/x', 'RUN TOKEN=*** curl https://***@example.com/x'],
  ['ENV PORT=8080', 'ENV PORT=8080'],
])('%s becomes %s', (text, expected) => {
  expect(redacted(text)).toBe(expected);
});

test('a report holds before, after and the decisions, without secrets', () => {
  const text =
    'FROM python:3.12\nENV API_KEY=hunter2\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "a.py"]\n';
  const report = reportOf(engine.analyse(text, defaultSettings, undefined), engine.factsDate);
  expect(report).toContain('## Before');
  expect(report).toContain('AS runtime');
  expect(report).toContain('- python:3.12: ');
  expect(report).toMatch(/Facts of \d{4}-\d\d-\d\d\./);
  expect(report).not.toContain('hunter2');
});

test('a report of a file without a split says why', () => {
  const report = reportOf(engine.analyse('FROM debian\nCMD ["sh"]\n', defaultSettings, undefined), undefined);
  expect(report).toContain('No split was offered (nothing-to-gain): The command is a shell');
  expect(report).toContain('Facts of an unknown date.');
});

test.each([
  ['npm install', 'package-lock.json'],
  ['yarn install', 'yarn.lock'],
  ['pnpm install', 'pnpm-lock.yaml'],
])('what `%s` installs is assumed of %s', (command, lock) => {
  const text = `FROM node:20-bookworm\nWORKDIR /app\nCOPY package.json ./\nRUN ${command}\nCOPY . .\nCMD ["node", "app.js"]\n`;
  const context: Context = {
    read: (path) => (path === 'package.json' ? { text: '{ "dependencies": { "express": "^4.19.2" } }' } : 'absent'),
    list: (path) => (path === '' ? ['package.json', 'app.js'] : []),
  };
  const { best } = engine.analyse(text, defaultSettings, context);
  expect(best?.assumptions.map(({ why }) => why.split(' was not read')[0])).toEqual([lock]);
});

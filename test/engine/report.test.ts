import { expect, test } from 'vitest';
import { redacted, reportOf } from '../../server/src/engine/explain/report.ts';
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

import { describe, expect, test } from 'vitest';
import { folderWith } from './folder.ts';
import { runCli } from './run.ts';

const text = 'FROM python:3.12\nENV A=1\nRUN apt-get install build-essential\n';

describe('explain', () => {
  test('tells stages, what leaves, tiers and findings', async () => {
    const { code, stdout } = await runCli(folderWith({ Dockerfile: text }), ['explain', 'Dockerfile']);
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'Dockerfile: can be split (tier slim)',
      '  stage builder (builder) from python:3.12',
      '  copied from builder: /venv (the environment)',
      '  left behind, line 3: build-essential (it only builds)',
      '  kept, line 3: libpq5 (it is loaded)',
      '  tier slim: offered',
      '  tier same: not offered',
      '    line 1: Because it is a test. [fake-refusal]',
      '  line 3: fake-tool here [fake-tool]',
      '',
    ]);
  });
  test('json is the object of split with the diagnostics', async () => {
    const { stdout } = await runCli(folderWith({ Dockerfile: text }), ['explain', 'Dockerfile', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'split', tier: 'slim', diagnostics: [{ code: 'fake-tool' }] });
  });
  test('a refusal that is explained is fine; a file that cannot be parsed is not', async () => {
    const folder = folderWith({ refused: `${text}REFUSE`, invalid: `${text}INVALID`, binary: Buffer.from([0xff]) });
    expect((await runCli(folder, ['explain', 'refused'])).code).toBe(0);
    expect((await runCli(folder, ['explain', 'invalid'])).code).toBe(1);
    expect((await runCli(folder, ['explain', 'binary'])).code).toBe(1);
  });
});

describe('verify', () => {
  const folder = () => folderWith({ a: text, good: text, bad: 'FROM python:3.12\n', binary: Buffer.from([0xff]) });

  test('no violation is status 0', async () => {
    expect(await runCli(folder(), ['verify', 'a', 'good'])).toEqual({ code: 0, stdout: '0 violations\n', stderr: '' });
  });
  test('a violation is status 1, with rule, class and line', async () => {
    const { code, stdout } = await runCli(folder(), ['verify', 'a', 'bad', '--format', 'json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      violations: [{ rule: 'missing-env', class: 'breaks', message: 'ENV is lost.', line: 1 }],
    });
    const { stdout: words } = await runCli(folder(), ['verify', 'a', 'bad']);
    expect(words).toBe('a:1: breaks: ENV is lost. [missing-env]\n1 violation\n');
  });
  test('a result that is no text gets its answer', async () => {
    const { code, stdout } = await runCli(folder(), ['verify', 'a', 'binary', '--format', 'json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ violations: [{ rule: 'not-utf8', class: 'breaks', line: 1 }] });
  });
});

import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fakeSplitText } from '../host/fakeEngine.ts';
import { folderWith } from './folder.ts';
import { runCli } from './run.ts';

const text = 'FROM python:3.12\nRUN apt-get install build-essential\n';

async function json(content: string | Buffer, ...options: string[]) {
  const folder = folderWith({ Dockerfile: content });
  const { code, stdout, stderr } = await runCli(folder, ['split', 'Dockerfile', '--format', 'json', ...options]);
  expect(stderr).toBe('');
  return { code, report: JSON.parse(stdout) as unknown };
}

describe('--format json', () => {
  test('a split', async () => {
    const { code, report } = await json(text);
    expect(code).toBe(0);
    expect(report).toEqual({
      status: 'split',
      tier: 'slim',
      text: fakeSplitText(text),
      stages: [{ name: 'builder', base: 'python:3.12', role: 'builder' }],
      copies: [{ from: 'builder', source: '/venv', target: '/venv', why: 'the environment' }],
      leftBehind: [{ what: 'build-essential', why: 'it only builds', line: 2 }],
      kept: [{ what: 'libpq5', why: 'it is loaded', line: 2 }],
      assumptions: [],
      reasons: [],
      tiers: [
        { tier: 'slim', offered: true, reasons: [] },
        {
          tier: 'same',
          offered: false,
          reasons: [{ code: 'fake-refusal', message: 'Because it is a test.', line: 1 }],
        },
      ],
    });
  });

  test.each([
    ['refused', `${text}# REFUSE\n`, 1],
    ['invalid', `${text}# INVALID\n`, 1],
    ['invalid', Buffer.from([0x46, 0x52, 0xff, 0xfe]), 1],
    ['nothing-to-gain', 'FROM a\n', 0],
  ])('%s has no text', async (status, content, expected) => {
    const { code, report } = await json(content);
    expect(code).toBe(expected);
    expect(report).toMatchObject({
      status,
      tier: null,
      stages: [],
      copies: [],
      leftBehind: [],
      kept: [],
      assumptions: [],
    });
    expect(report).not.toHaveProperty('text');
  });

  test('--tier asks for one tier, refused with its reasons', async () => {
    expect(await json(text, '--tier', 'slim')).toMatchObject({ code: 0, report: { status: 'split', tier: 'slim' } });
    expect(await json(text, '--tier', 'same')).toMatchObject({
      code: 1,
      report: { status: 'refused', tier: null, reasons: [{ code: 'fake-refusal' }] },
    });
    expect(await json(text, '--tier', 'distroless')).toMatchObject({
      code: 1,
      report: { status: 'refused', reasons: [{ code: 'tier-not-offered', line: 1 }] },
    });
  });

  test('--strict refuses what assumes', async () => {
    const assuming = `${text}# ASSUME\n`;
    expect(await json(assuming)).toMatchObject({
      code: 0,
      report: { status: 'split', assumptions: [{ kind: 'artifact-name', what: 'app', line: 1 }] },
    });
    expect(await json(assuming, '--strict')).toMatchObject({
      code: 1,
      report: {
        status: 'refused',
        tier: null,
        reasons: [{ code: 'strict', message: expect.stringContaining('artifact-name') as string, line: 1 }],
      },
    });
    expect((await json(text, '--strict')).code).toBe(0);
  });
});

describe('text', () => {
  test('the new file is all of stdout, the summary goes to stderr', async () => {
    const { code, stdout, stderr } = await runCli(folderWith({ Dockerfile: text }), ['split', 'Dockerfile']);
    expect([code, stdout]).toEqual([0, fakeSplitText(text)]);
    expect(stderr).toContain('left behind, line 2: build-essential (it only builds)');
  });
  test('a refusal leaves stdout empty', async () => {
    const folder = folderWith({ Dockerfile: `${text}REFUSE` });
    const { code, stdout, stderr } = await runCli(folder, ['split', 'Dockerfile']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('line 1: Because it is a test. [fake-refusal]');
  });
  test('nothing to gain is fine', async () => {
    const { code, stdout } = await runCli(folderWith({ Dockerfile: 'FROM a\n' }), ['split', 'Dockerfile']);
    expect([code, stdout]).toEqual([0, '']);
  });
});

describe('--diff', () => {
  test('prints a unified diff and writes nothing', async () => {
    const folder = folderWith({ Dockerfile: text });
    const { code, stdout } = await runCli(folder, ['split', 'Dockerfile', '--diff']);
    expect(code).toBe(0);
    expect(stdout).toContain('--- Dockerfile\n+++ Dockerfile\n@@');
    expect(stdout).toContain('-RUN apt-get install build-essential\n+RUN apt-get install NOTHING\n');
    expect(readdirSync(folder)).toEqual(['Dockerfile']);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe(text);
  });
});

describe('--write', () => {
  const written = async (folder: string, name = 'Dockerfile') => {
    const outcome = await runCli(folder, ['split', name, '--write']);
    expect(outcome).toMatchObject({ code: 0, stdout: '' });
    return readFileSync(join(folder, name), 'utf8');
  };

  test('replaces the file and leaves nothing beside it', async () => {
    const folder = folderWith({ Dockerfile: text });
    expect(await written(folder)).toBe(fakeSplitText(text));
    expect(readdirSync(folder)).toEqual(['Dockerfile']);
  });
  test('keeps the mode', async () => {
    const folder = folderWith({ Dockerfile: text });
    chmodSync(join(folder, 'Dockerfile'), 0o664);
    await written(folder);
    expect(statSync(join(folder, 'Dockerfile')).mode & 0o7777).toBe(0o664);
  });
  test('keeps byte order mark and line ends', async () => {
    const windows = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    expect(await written(folderWith({ Dockerfile: windows }))).toBe(fakeSplitText(windows));
  });
  test('of a link, replaces the target', async () => {
    const folder = folderWith({ 'real/Dockerfile': text });
    symlinkSync('real/Dockerfile', join(folder, 'link'));
    await written(folder, 'link');
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'real/Dockerfile'), 'utf8')).toBe(fakeSplitText(text));
  });
  test.each(['# REFUSE', '# INVALID'])('writes nothing when there is no split (%s)', async (word) => {
    const folder = folderWith({ Dockerfile: `${text}${word}` });
    expect((await runCli(folder, ['split', 'Dockerfile', '--write'])).code).toBe(1);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe(`${text}${word}`);
  });
  test('a failure leaves the file whole and nothing beside it', async () => {
    const folder = folderWith({ Dockerfile: text });
    // The temporary file cannot be made because a directory has its name.
    mkdirSync(join(folder, `.Dockerfile.${process.pid}.tmp`));
    const { code, stderr } = await runCli(folder, ['split', 'Dockerfile', '--write']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^dockerfile-stages: cannot write .*\n$/);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe(text);
  });
});

describe('--context', () => {
  const wanting = 'FROM a\n# want: requirements.txt\n# build-essential\nCOPY requirements.txt /\n';
  const messages = async (...options: string[]) => {
    const folder = folderWith({ 'docker/Dockerfile': wanting, 'requirements.txt': 'psycopg2' });
    const { stdout } = await runCli(folder, ['explain', 'docker/Dockerfile', ...options]);
    return /requirements\.txt: ([^[]*)/.exec(stdout)?.[1]?.trim();
  };
  test('without it nothing is read', async () => expect(await messages()).toBe('no context'));
  test('reads the folder', async () => expect(await messages('--context', '.')).toBe('psycopg2'));
  test('another folder', async () => expect(await messages('--context', 'docker')).toBe('absent'));
  test('auto finds it', async () => expect(await messages('--context', 'auto')).toBe('psycopg2'));
});

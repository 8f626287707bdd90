/** The built command line as a real process, on the real examples: statuses, shapes, exit codes. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SplitReport } from '../../server/src/cli/report.ts';
import manifest from '../../package.json';
import { dist } from './dist.ts';
import { folderWith } from './folder.ts';

const examples = join(import.meta.dirname, '../../examples');
const names = readdirSync(examples, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

function stages(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [dist('cli.js'), ...args], { cwd, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

function split(name: string): { code: number | null; report: SplitReport } {
  const folder = join(examples, name);
  const { code, stdout } = stages(folder, 'split', 'Dockerfile', '--context', '.', '--format', 'json');
  return { code, report: JSON.parse(stdout) as SplitReport };
}

test('is one executable file that knows its version', () => {
  expect(readFileSync(dist('cli.js'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  const alone = folderWith({
    'cli.js': readFileSync(dist('cli.js')),
    Dockerfile: readFileSync(join(examples, 'quiet', 'Dockerfile')),
  });
  const run = (...args: string[]) => spawnSync(process.execPath, ['cli.js', ...args], { cwd: alone, encoding: 'utf8' });
  expect(run('--version').stdout).toBe(`${manifest.version}\n`);
  expect(run('check', 'Dockerfile')).toMatchObject({ status: 0, stderr: '' });
});

test.each([[['split', 'nowhere']], [['split', '.']], [['check', '--frob']], [[]], [['verify', 'Dockerfile']]])(
  'bad usage (%j) is one line and status 2',
  (args) => {
    const { code, stdout, stderr } = stages(examples, ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^dockerfile-stages: .*\n$/);
  },
);

test.each([
  ['empty', ''],
  ['binary', Buffer.from([0, 1, 2, 0xff, 0xfe])],
  ['prose', 'This is not a Dockerfile.\n'],
  ['conflict', '<<<<<<< ours\nFROM a\n=======\nFROM b\n>>>>>>> theirs\n'],
  ['unterminated', 'FROM a\nRUN <<EOF\necho\n'],
])('a readable file always gets its answer: %s', (_, content) => {
  const folder = folderWith({ Dockerfile: content });
  for (const command of ['split', 'explain']) {
    const { code, stdout, stderr } = stages(folder, command, 'Dockerfile', '--format', 'json');
    expect(code).toBeLessThan(2);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).not.toHaveProperty('text');
  }
  expect(stages(folder, 'check', 'Dockerfile', '--format', 'json').code).toBeLessThan(2);
  expect(stages(folder, 'verify', 'Dockerfile', 'Dockerfile', '--format', 'json').stderr).toBe('');
});

describe('examples', () => {
  test.each(names)('%s: the report keeps its contract', (name) => {
    const { code, report } = split(name);
    const text = readFileSync(join(examples, name, 'Dockerfile'), 'utf8');
    const last = text.split('\n').length;
    expect(code).toBe(report.status === 'refused' || report.status === 'invalid' ? 1 : 0);
    expect(Object.keys(report).filter((key) => key !== 'text')).toEqual([
      'status',
      'tier',
      'stages',
      'copies',
      'leftBehind',
      'kept',
      'assumptions',
      'reasons',
      'tiers',
    ]);
    expect(report.status === 'split').toBe(typeof report.text === 'string');
    const lines = [report.leftBehind, report.kept, report.assumptions, report.reasons]
      .flat()
      .map((entry) => entry.line);
    for (const line of lines)
      expect(line).toSatisfy((number: number) => Number.isInteger(number) && number >= 1 && number <= last);
    if (report.status === 'refused') expect(report.reasons).not.toEqual([]);
  });

  test.each([
    ['python-slim', 'split'],
    ['python-full', 'split'],
    ['refused', 'refused'],
    ['quiet', 'nothing-to-gain'],
  ])('%s is %s', (name, status) => {
    expect(split(name).report.status).toBe(status);
  });

  test('the compiler leaves and the library stays', () => {
    const { report } = split('python-slim');
    expect(report.leftBehind.map((item) => item.what)).toContain('build-essential');
    expect(report.text?.slice(report.text.lastIndexOf('FROM'))).toContain('libpq5');
  });

  test('a split passes verify and draws nothing itself', () => {
    const { report } = split('python-slim');
    const original = readFileSync(join(examples, 'python-slim', 'Dockerfile'));
    const folder = folderWith({ original, result: report.text ?? '' });
    expect(stages(folder, 'verify', '--context', join(examples, 'python-slim'), 'original', 'result')).toEqual({
      code: 0,
      stdout: '0 violations\n',
      stderr: '',
    });
    expect(stages(folder, 'check', 'result').code).toBe(0);
  });

  test('check finds something in those that can be split, and nothing in the quiet one', () => {
    expect(stages(examples, 'check', 'python-slim', 'python-full').code).toBe(1);
    expect(stages(examples, 'check', 'quiet')).toEqual({ code: 0, stdout: '0 findings in 1 file\n', stderr: '' });
  });
});

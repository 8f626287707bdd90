import { describe, expect, test } from 'vitest';
import { fakeEngine } from '../host/fakeEngine.ts';
import { folderWith } from './folder.ts';
import { runCli } from './run.ts';

const text = 'FROM a\nRUN build-essential\n';

describe('help and version', () => {
  test.each([['--help'], ['-h'], ['help'], ['split', '--help'], ['check', '-h', 'x']])('%s', async (...argv) => {
    const { code, stdout, stderr } = await runCli('/', argv);
    expect([code, stderr]).toEqual([0, '']);
    for (const command of ['check', 'split', 'explain', 'verify', 'lsp']) expect(stdout).toContain(command);
  });
  test('--version', async () => {
    expect(await runCli('/', ['--version'])).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
  });
});

test('lsp serves', async () => {
  expect(await runCli('/', ['lsp', '--stdio'])).toEqual({ code: 0, stdout: '', stderr: '' });
});

describe('bad usage is one line on stderr and status 2', () => {
  test.each([
    [[], 'missing command'],
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['toString'], "unknown command 'toString'"],
    [['split'], 'missing FILE'],
    [['split', 'a', 'b'], "unexpected argument 'b'"],
    [['split', 'nowhere'], "cannot read 'nowhere': no such file or directory"],
    [['split', '.'], "cannot read '.': it is a directory"],
    [['split', 'Dockerfile', '--frob'], '--frob'],
    [['split', 'Dockerfile', '--tier', 'thin'], '--tier must be one of'],
    [['split', 'Dockerfile', '--tier'], '--tier'],
    [['split', 'Dockerfile', '--format', 'xml'], '--format must be one of'],
    [['split', 'Dockerfile', '--write', '--diff'], '--write and --diff exclude each other'],
    [['split', 'Dockerfile', '--write', '--format', 'json'], 'exclude each other'],
    [['split', 'Dockerfile', '--context', 'nowhere'], "'nowhere' is not a directory"],
    [['check', '--context', 'Dockerfile'], "'Dockerfile' is not a directory"],
    [['check', '--fail-on', 'never'], '--fail-on must be one of'],
    [['check', 'nowhere'], "cannot read 'nowhere'"],
    [['explain'], 'missing FILE'],
    [['verify', 'Dockerfile'], 'missing RESULT'],
    [['verify', 'Dockerfile', 'nowhere'], "cannot read 'nowhere'"],
    [['lsp', 'x'], "unexpected argument 'x'"],
    [['split', 'boom'], 'internal error: boom'],
  ])('%j', async (argv, message) => {
    const folder = folderWith({ Dockerfile: text, boom: 'BOOM' });
    const { code, stdout, stderr } = await runCli(folder, argv, fakeEngine());
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^dockerfile-stages: .*\n$/);
    if (argv[0] !== 'check') expect(stdout).toBe('');
  });
});

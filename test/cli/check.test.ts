import { describe, expect, test } from 'vitest';
import { folderWith } from './folder.ts';
import { runCli } from './run.ts';

const text = 'FROM python:3.12\nRUN apt-get install build-essential\n';
const clean = 'FROM a\n';

describe('which files', () => {
  test('a directory is every Dockerfile below it', async () => {
    const folder = folderWith({
      Dockerfile: clean,
      'a/Containerfile': clean,
      'a/api.dockerfile': clean,
      'b/Dockerfile.dev': clean,
      'b/Dockerfile.dev.dockerignore': clean,
      'b/Dockerfile.dockerignore': clean,
      'b/NotADockerfile': clean,
      'node_modules/x/Dockerfile': text,
      '.git/Dockerfile': text,
    });
    const { code, stdout } = await runCli(folder, ['check', '--format', 'json']);
    const { files } = JSON.parse(stdout) as { files: { file: string }[] };
    expect(code).toBe(0);
    expect(files.map((entry) => entry.file)).toEqual([
      'Dockerfile',
      'a/Containerfile',
      'a/api.dockerfile',
      'b/Dockerfile.dev',
    ]);
  });
  test('a file is checked whatever its name', async () => {
    const { code, stdout } = await runCli(folderWith({ recipe: text }), ['check', 'recipe']);
    expect(code).toBe(1);
    expect(stdout).toBe('recipe:2:21: warning: fake-tool here [fake-tool]\n1 finding in 1 file\n');
  });
  test('an unreadable one does not keep the others from their answer', async () => {
    const { code, stdout, stderr } = await runCli(folderWith({ a: text }), ['check', 'nowhere', 'a']);
    expect(code).toBe(2);
    expect(stdout).toContain('a:2:21: warning');
    expect(stderr).toBe("dockerfile-stages: cannot read 'nowhere': no such file or directory\n");
  });
});

describe('--fail-on', () => {
  test.each([
    [[], 1],
    [['--fail-on', 'hint'], 1],
    [['--fail-on', 'warning'], 1],
    [['--fail-on', 'error'], 0],
  ])('%j with a warning', async (options, expected) => {
    expect((await runCli(folderWith({ Dockerfile: text }), ['check', ...options])).code).toBe(expected);
  });
  test('a file that cannot be parsed fails whatever the level', async () => {
    expect((await runCli(folderWith({ Dockerfile: 'INVALID' }), ['check', '--fail-on', 'error'])).code).toBe(1);
  });
  test('a file that cannot be parsed is said with its reason and place, in every format', async () => {
    const folder = folderWith({ Dockerfile: 'INVALID' });
    const printed = async (format: string): Promise<string> =>
      (await runCli(folder, ['check', '--format', format])).stdout;
    expect(await printed('text')).toContain('Dockerfile:1:6: error: Because it is a test. [fake-refusal]');
    expect(await printed('json')).toContain('"code": "fake-refusal"');
    expect(await printed('sarif')).toContain('"ruleId": "fake-refusal"');
    expect(await printed('github')).toContain('::error file=Dockerfile,line=1,');
  });
});

describe('formats', () => {
  test('json', async () => {
    const folder = folderWith({ Dockerfile: text, 'b.dockerfile': Buffer.from([0xff, 0xfe, 0]) });
    const { stdout } = await runCli(folder, ['check', '.', '--format', 'json']);
    expect(JSON.parse(stdout)).toEqual({
      files: [
        {
          file: 'Dockerfile',
          status: 'split',
          diagnostics: [
            {
              code: 'fake-tool',
              severity: 'warning',
              message: 'fake-tool here',
              range: { start: { line: 1, character: 20 }, end: { line: 1, character: 35 } },
            },
          ],
        },
        {
          file: 'b.dockerfile',
          status: 'invalid',
          diagnostics: [
            {
              code: 'not-utf8',
              severity: 'error',
              message: 'The file is not UTF-8 text.',
              range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
            },
          ],
        },
      ],
    });
  });

  test('the byte order mark is no character of the first line', async () => {
    const { stdout } = await runCli(folderWith({ d: '\uFEFFbuild-essential\n' }), ['check', 'd']);
    expect(stdout).toMatch(/^d:1:1:/);
  });

  test('sarif names the rule, its page and the one-based region', async () => {
    const { stdout } = await runCli(folderWith({ 'my dir/Dockerfile': text }), ['check', '--format', 'sarif']);
    const log = JSON.parse(stdout) as { version: string; runs: [{ tool: unknown; results: unknown }] };
    expect(log.version).toBe('2.1.0');
    expect(log.runs[0].tool).toMatchObject({
      driver: { name: 'dockerfile-stages', version: '1.2.3', rules: [{ id: 'fake-tool' }] },
    });
    expect(log.runs[0].results).toEqual([
      {
        ruleId: 'fake-tool',
        ruleIndex: 0,
        level: 'warning',
        message: { text: 'fake-tool here' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'my%20dir/Dockerfile' },
              region: { startLine: 2, startColumn: 21, endLine: 2, endColumn: 36 },
            },
          },
        ],
      },
    ]);
  });

  test('github escapes what its commands reserve', async () => {
    const { stdout } = await runCli(folderWith({ 'a,b:c%.dockerfile': text }), ['check', '--format', 'github']);
    expect(stdout).toBe(
      '::warning file=a%2Cb%3Ac%25.dockerfile,line=2,endLine=2,col=21,endColumn=36,title=dockerfile-stages fake-tool::fake-tool here\n',
    );
  });
});

/** What ships, over stdio: both ways to start the server, the example of the README from open to edit. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { dist } from '../cli/dist.ts';
import { modestClient, rangeOfWord } from './client.ts';

const example = join(import.meta.dirname, '../../examples/python-slim/Dockerfile');
const text = readFileSync(example, 'utf8');
const uri = 'untitled:Dockerfile';

let child: ChildProcess;
let connection: ProtocolConnection;

afterEach(() => {
  connection.dispose();
  child.kill();
});

function start(file: string, ...args: string[]): Promise<(uri: string) => Promise<Diagnostic[]>> {
  return startIn('en', file, ...args);
}

async function startIn(
  locale: string,
  file: string,
  ...args: string[]
): Promise<(uri: string) => Promise<Diagnostic[]>> {
  const server = spawn(process.execPath, [dist(file), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  child = server;
  connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  const published: PublishDiagnosticsParams[] = [];
  connection.onNotification(
    'textDocument/publishDiagnostics',
    (params: PublishDiagnosticsParams) => void published.push(params),
  );
  connection.listen();
  const of = { processId: process.pid, rootUri: null, capabilities: modestClient, locale };
  await connection.sendRequest('initialize', of);
  await connection.sendNotification('initialized', {});
  return async (document) => {
    await expect.poll(() => published.some((entry) => entry.uri === document), { timeout: 10_000 }).toBe(true);
    return published.find((entry) => entry.uri === document)?.diagnostics ?? [];
  };
}

function open(document: string, content: string): Promise<void> {
  const textDocument = { uri: document, languageId: 'dockerfile', version: 1, text: content };
  return connection.sendNotification('textDocument/didOpen', { textDocument });
}

async function stop(): Promise<number | null> {
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  return exited;
}

describe.each([
  ['server.js', ['--stdio']],
  ['cli.js', ['lsp', '--stdio']],
])('dist/%s', (file, args) => {
  test('from open to the split, then a clean exit', async () => {
    const diagnostics = await start(file, ...args);
    await open(uri, text);
    const found = await diagnostics(uri);
    const range = rangeOfWord(text, 'build-essential');
    expect(found).toContainEqual(expect.objectContaining({ range, source: 'dockerfile-stages' }));

    const hover = await connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position: range.start,
    });
    expect(hover).not.toBeNull();

    const params = { textDocument: { uri }, range, context: { diagnostics: found, only: ['quickfix'] } };
    const actions = await connection.sendRequest<CodeAction[]>('textDocument/codeAction', params);
    const splitAction = actions.find((action) => action.title.startsWith('Split'));
    const edits = splitAction?.edit?.changes?.[uri] ?? [];
    const result = TextDocument.applyEdits(TextDocument.create(uri, 'dockerfile', 1, text), edits);
    const printed = spawnSync(process.execPath, [dist('cli.js'), 'split', example], { encoding: 'utf8' });
    expect(printed.status).toBe(0);
    expect(result).toBe(printed.stdout);
    expect(await stop()).toBe(0);
  });

  test('the language of the editor', async () => {
    const diagnostics = await startIn('de-AT', file, ...args);
    await open(uri, text);
    const [first] = await diagnostics(uri);
    expect(first?.message).toContain('wird nur zum Bauen gebraucht');
  });

  test('the diagnostics are those of the command line', async () => {
    const diagnostics = await start(file, ...args);
    await open(uri, text);
    const { stdout } = spawnSync(process.execPath, [dist('cli.js'), 'check', example, '--format', 'json'], {
      encoding: 'utf8',
    });
    const { files } = JSON.parse(stdout) as {
      files: [{ diagnostics: { code: string; message: string; range: object }[] }];
    };
    const shown = (await diagnostics(uri)).map(({ code, message, range }) => ({ code, message, range }));
    expect(shown).toEqual(files[0].diagnostics.map(({ code, message, range }) => ({ code, message, range })));
  });

  test.each([
    ['binary', '\0\u0001\uFFFD'.repeat(500)],
    ['huge', `FROM a\n${'RUN echo x && '.repeat(200_000)}true\n`],
    ['conflict', `<<<<<<< ours\n${text}=======\n${text}>>>>>>> theirs\n`],
    ['unterminated', 'FROM a\nRUN <<EOF\n'],
    ['nonsense', '} FROM ( \\\n\\\n"'],
  ])('survives a %s file', async (_, content) => {
    const diagnostics = await start(file, ...args);
    await open('untitled:odd', content);
    await diagnostics('untitled:odd');
    await open(uri, text);
    expect(await diagnostics(uri)).not.toEqual([]);
  });
});

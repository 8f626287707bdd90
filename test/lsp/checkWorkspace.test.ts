/** The check of all Dockerfiles of the workspace. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CancellationTokenSource, WorkDoneProgress } from 'vscode-languageserver/node';
import { fakeEngine } from '../host/fakeEngine.ts';
import { startClient, type TestClient } from './client.ts';

interface Answer {
  readonly files: readonly {
    readonly uri: string;
    readonly name: string;
    readonly gainMB: number | null;
    readonly diagnostics: readonly { message: string }[];
  }[];
  readonly checked: number;
  readonly reason: string | null;
}

let folder: string;
let client: TestClient;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stages-check-'));
});
afterEach(async () => {
  await client.dispose();
  rmSync(folder, { recursive: true });
});

function put(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const tool = 'FROM a\nRUN apt-get install build-essential\n';
const start = async (options: Parameters<typeof startClient>[1] = {}, engine = fakeEngine()): Promise<void> => {
  client = await startClient(engine, { folders: [pathToFileURL(folder).href], ...options });
};
const check = (params: object = {}): Promise<Answer> =>
  client.connection.sendRequest('dockerfileStages/checkWorkspace', params);

test('finds every Dockerfile that no ignore file leaves out, with its context, the largest gain first', async () => {
  put({
    Dockerfile: 'FROM a\n# want: a.txt\nCOPY a.txt /\n',
    'a.txt': 'text',
    'api/Dockerfile': tool,
    'api/clean.dockerfile': 'FROM a\n',
    'node_modules/x/Dockerfile': tool,
    'out/Dockerfile': tool,
    'sub/.gitignore': '*.dockerfile\n!kept.dockerfile\n',
    'sub/left.dockerfile': tool,
    'sub/kept.dockerfile': `\uFEFF${tool}`,
    '.gitignore': '/out\n',
    'readme.md': tool,
  });
  await start();
  const { files, checked, reason } = await check();
  expect(reason).toBeNull();
  expect(checked).toBe(4);
  expect(files.map(({ name, gainMB, diagnostics }) => [name, gainMB, diagnostics[0]?.message])).toEqual([
    ['api/Dockerfile', 300, 'fake-tool here'],
    ['sub/kept.dockerfile', 300, 'fake-tool here'],
    ['Dockerfile', null, 'a.txt: text'],
  ]);
});

test('what the editor hides is not looked at', async () => {
  put({ 'vendor/x/Dockerfile': tool, 'a/Dockerfile': tool, 'a/b.dockerfile': tool });
  await start();
  client.settings = { '**/vendor': true, '**/*.{x,dockerfile}': true, '**/a': false };
  expect((await check()).files.map(({ name }) => name)).toEqual(['a/Dockerfile']);
});

test('of several folders each is named, and a file in two of them is there once', async () => {
  put({ 'one/Dockerfile': tool, 'two/Dockerfile': tool, 'two/in/Dockerfile': tool });
  await start({ folders: ['one', 'two', 'two/in'].map((name) => pathToFileURL(join(folder, name)).href) });
  const { files, checked } = await check();
  expect(checked).toBe(3);
  expect(files.map(({ name }) => name)).toEqual(['one/Dockerfile', 'two/Dockerfile', 'two/in/Dockerfile']);
});

test('a file that is open is checked as it is in the editor', async () => {
  put({ Dockerfile: tool });
  await start();
  const uri = pathToFileURL(join(folder, 'Dockerfile')).href;
  client.open(uri, 'FROM a\n');
  await client.diagnostics(uri);
  expect(await check()).toMatchObject({ files: [], checked: 1 });
});

test('tells how far it is', async () => {
  put({ Dockerfile: tool, 'b/Dockerfile': tool });
  await start();
  const told: unknown[] = [];
  client.connection.onProgress(WorkDoneProgress.type, 'mine', (value) => void told.push(value));
  await check({ workDoneToken: 'mine' });
  expect(told).toContainEqual({ kind: 'report', message: 'b/Dockerfile', percentage: 50 });
});

test('ends when it is cancelled', async () => {
  put(Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`f${at}/Dockerfile`, tool])));
  const engine = fakeEngine();
  const source = new CancellationTokenSource();
  const stopping = {
    ...engine,
    analyse: (...args: Parameters<typeof engine.analyse>) => {
      if (engine.analysed.length === 10) source.cancel();
      return engine.analyse(...args);
    },
  };
  await start({}, stopping);
  const asked = client.connection.sendRequest('dockerfileStages/checkWorkspace', {}, source.token);
  await expect(asked).rejects.toThrow('Cancelled');
  expect(engine.analysed.length).toBeLessThan(50);
});

test('one file that breaks the engine does not end the check', async () => {
  put({ 'a/Dockerfile': 'BOOM', 'b/Dockerfile': tool });
  await start();
  expect((await check()).files.map(({ name }) => name)).toEqual(['b/Dockerfile']);
});

test('says why nothing is checked without trust, and is content with nothing', async () => {
  put({ Dockerfile: tool });
  await start({ trusted: false });
  expect(await check()).toEqual({ files: [], checked: 0, reason: 'Files of this workspace may not be read.' });
  await client.dispose();
  rmSync(join(folder, 'Dockerfile'));
  await start();
  expect(await check()).toEqual({ files: [], checked: 0, reason: null });
});

/** The build context behind the language server: found, read, watched, and left alone without trust. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeEngine } from '../host/fakeEngine.ts';
import { tree } from '../host/tree.ts';
import { startClient, type TestClient } from './client.ts';

let folder: string;
let uri: string;
let client: TestClient;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stages-lsp-'));
  mkdirSync(join(folder, 'docker'));
  writeFileSync(join(folder, 'requirements.txt'), 'psycopg2');
  uri = pathToFileURL(join(folder, 'docker', 'Dockerfile')).href;
});
afterEach(async () => {
  await client.dispose();
  rmSync(folder, { recursive: true });
});

const text = 'FROM a\n# want: requirements.txt\nCOPY requirements.txt /app/\n';

async function messages(options: Parameters<typeof startClient>[1]) {
  client = await startClient(fakeEngine(), { folders: [pathToFileURL(folder).href], ...options });
  client.open(uri, text);
  return (await client.diagnostics(uri)).map((diagnostic) => diagnostic.message);
}

test('is the nearest ancestor that holds every source', async () => {
  expect(await messages({})).toEqual(['requirements.txt: psycopg2']);
});

test('is not read in a workspace without trust', async () => {
  expect(await messages({ trusted: false })).toEqual(['requirements.txt: no context']);
});

test('is not read when the setting says none', async () => {
  expect(await messages({ settings: { context: 'none' } })).toEqual(['requirements.txt: no context']);
});

test('is the folder of the setting', async () => {
  expect(await messages({ settings: { context: 'docker' } })).toEqual(['requirements.txt: absent']);
});

test('is watched for exactly what was read, and read again after a change', async () => {
  await messages({});
  await expect
    .poll(() => client.registered.find((entry) => entry.method === 'workspace/didChangeWatchedFiles')?.options)
    .toEqual({
      // Folders are watched for files that come and go: a compose file may.
      watchers: ['*', 'docker/*', 'requirements.txt'].map((pattern) => ({
        globPattern: { baseUri: pathToFileURL(folder).href, pattern },
      })),
    });
  writeFileSync(join(folder, 'requirements.txt'), 'flask');
  const changes = [{ uri: pathToFileURL(join(folder, 'requirements.txt')).href, type: 2 }];
  void client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  expect((await client.diagnostics(uri))[0]?.message).toBe('requirements.txt: flask');
});

test('is read again when the Dockerfile is saved', async () => {
  await messages({});
  writeFileSync(join(folder, 'requirements.txt'), 'django');
  void client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
  expect((await client.diagnostics(uri))[0]?.message).toBe('requirements.txt: django');
});

test('is what a compose file says', async () => {
  writeFileSync(join(folder, 'docker', 'requirements.txt'), 'nearer');
  writeFileSync(join(folder, 'compose.yaml'), 'services: {a: {build: {context: ., dockerfile: docker/Dockerfile}}}');
  expect(await messages({})).toEqual(['requirements.txt: psycopg2']);
  expect(await client.connection.sendRequest('dockerfileStages/status', { uri })).toMatchObject({
    context: folder,
    contextBy: 'compose.yaml, service a',
  });
  rmSync(join(folder, 'compose.yaml'));
  const changes = [{ uri: pathToFileURL(join(folder, 'compose.yaml')).href, type: 3 }];
  void client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  expect((await client.diagnostics(uri))[0]?.message).toBe('requirements.txt: nearer');
});

test('is the nearest ancestor where what the compose file says lacks a source', async () => {
  writeFileSync(join(folder, 'compose.yaml'), 'services: {a: {build: {context: docker, dockerfile: Dockerfile}}}');
  expect(await messages({})).toEqual(['requirements.txt: psycopg2']);
});

test('is the folder of the setting for this file', async () => {
  const settings = { context: 'none', contexts: { 'docker/Dockerfile': '.' } };
  expect(await messages({ settings })).toEqual(['requirements.txt: psycopg2']);
  const contexts = { name: 'docker/Dockerfile' };
  expect(await client.connection.sendRequest('dockerfileStages/contexts', { uri })).toMatchObject(contexts);
});

test('a folder of the setting that is not there is said', async () => {
  expect(await messages({ settings: { context: 'gone' } })).toEqual(['requirements.txt: no context']);
  expect(await client.connection.sendRequest('dockerfileStages/status', { uri })).toMatchObject({
    context: null,
    contextBy: 'the folder of the setting is not there',
  });
});

describe('in a virtual workspace', () => {
  const asked: string[] = [];
  /** Answers as the client in the editor does; `delay` in milliseconds. */
  const answerReads = (files: Record<string, string>, delay = 0): void => {
    const source = tree(files);
    const answer = async (what: string, given: unknown): Promise<unknown> => {
      asked.push(what);
      await new Promise((resolve) => setTimeout(resolve, delay));
      return given;
    };
    client.connection.onRequest('dockerfileStages/readFile', ({ root, path }: { root: string; path: string }) =>
      answer(path, source.read(root.slice('ours:'.length), path)),
    );
    client.connection.onRequest('dockerfileStages/readFolder', ({ root, path }: { root: string; path: string }) =>
      answer(`${path}/`, source.list(root.slice('ours:'.length), path)),
    );
  };
  const address = 'ours:/w/docker/Dockerfile';
  const start = async (options: Parameters<typeof startClient>[1]): Promise<void> => {
    asked.length = 0;
    client = await startClient(fakeEngine(), { folders: ['ours:/w'], readFiles: true, ...options });
  };
  const first = async (): Promise<unknown[]> => {
    client.open(address, text);
    return (await client.diagnostics(address)).map((diagnostic) => diagnostic.message);
  };

  test('files are read through the editor before anything is said', async () => {
    await start({});
    answerReads({ 'docker/Dockerfile': text, 'requirements.txt': 'remote' }, 30);
    expect(await first()).toEqual(['requirements.txt: remote']);
    expect(new Set(asked).size).toBe(asked.length);
    expect(await client.connection.sendRequest('dockerfileStages/status', { uri: address })).toMatchObject({
      context: 'ours:/w',
    });
  });

  test('a change that the editor tells of is read again', async () => {
    await start({});
    const files = { 'docker/Dockerfile': text, 'requirements.txt': 'remote' };
    answerReads(files);
    await first();
    files['requirements.txt'] = 'changed';
    const changes = [{ uri: 'ours:/w/requirements.txt', type: 2 }];
    void client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await expect.poll(async () => (await client.diagnostics(address))[0]?.message).toBe('requirements.txt: changed');
  });

  test('an editor that cannot read leaves them unread', async () => {
    await start({});
    expect(await first()).toEqual(['requirements.txt: no context']);
  });

  test('nothing is asked for without trust, nor of an editor that does not offer it', async () => {
    await start({ trusted: false });
    answerReads({ 'requirements.txt': 'remote' });
    expect(await first()).toEqual(['requirements.txt: no context']);
    await client.dispose();
    await start({ readFiles: false });
    answerReads({ 'requirements.txt': 'remote' });
    expect(await first()).toEqual(['requirements.txt: no context']);
    expect(asked).toEqual([]);
  });
});

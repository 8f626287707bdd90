/** The build context behind the language server: found, read, watched, and left alone without trust. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeEngine } from '../host/fakeEngine.ts';
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
      watchers: [{ globPattern: { baseUri: pathToFileURL(folder).href, pattern: 'requirements.txt' } }],
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

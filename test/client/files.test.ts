/** Files that the client reads for the server. */
import { beforeEach, expect, test, vi } from 'vitest';
import { answerReads } from '../../client/src/files.ts';
import * as editor from './vscode.ts';

vi.mock('vscode', () => import('./vscode.ts'));

/** URI → content, folder (null) or link. */
const places: Record<string, Uint8Array | null | 'link' | 'broken'> = {
  'memfs:///w': null,
  'memfs:///w/a.txt': new TextEncoder().encode('text'),
  'memfs:///w/latin1.txt': new Uint8Array([0xe9, 0x20]),
  'memfs:///w/binary': new Uint8Array([0x41, 0, 0x42]),
  'memfs:///w/sub': null,
  'memfs:///w/sub/b.txt': new TextEncoder().encode('b'),
  'memfs:///w/link': 'link',
  'memfs:///w/link/c.txt': new TextEncoder().encode('c'),
  'memfs:///w/broken': 'broken',
};
const { FileType } = editor;
const typeOf = (key: string): number =>
  places[key] === null
    ? FileType.Directory
    : places[key] === 'link'
      ? FileType.Directory | FileType.SymbolicLink
      : FileType.File;

beforeEach(() => {
  editor.workspace.isTrusted = true;
  editor.workspace.fs.stat.mockImplementation((uri: editor.Uri) => {
    const place = places[uri.toString()];
    if (place === undefined) return Promise.reject(new editor.FileSystemError('FileNotFound'));
    if (place === 'broken') return Promise.reject(new Error('the connection is gone'));
    return Promise.resolve({ type: typeOf(uri.toString()), size: place?.length ?? 0 });
  });
  editor.workspace.fs.readFile.mockImplementation((uri: editor.Uri) => Promise.resolve(places[uri.toString()]));
  editor.workspace.fs.readDirectory.mockImplementation((uri: editor.Uri) => {
    const prefix = `${uri.toString()}/`;
    const names = Object.keys(places).filter(
      (key) => key.startsWith(prefix) && !key.slice(prefix.length).includes('/'),
    );
    return Promise.resolve(names.map((key) => [key.slice(prefix.length), typeOf(key)]));
  });
});

async function ask(what: 'readFile' | 'readFolder', path: string, limit = 100): Promise<unknown> {
  const handlers = new Map<string, (params: object) => unknown>();
  answerReads({ onRequest: (method: string, run: never) => handlers.set(method, run) } as never);
  return handlers.get(`dockerfileStages/${what}`)?.({ root: 'memfs:///w', path, limit });
}

test.each([
  ['a.txt', { text: 'text' }],
  ['sub/b.txt', { text: 'b' }],
  ['gone.txt', 'absent'],
  ['a.txt/below', 'absent'],
  ['latin1.txt', 'unread'],
  ['binary', 'unread'],
  ['sub', 'unread'],
  ['link/c.txt', 'unread'],
  ['broken', 'unread'],
  ['../w/a.txt', 'unread'],
])('reads %s', async (path, answer) => expect(await ask('readFile', path)).toEqual(answer));

test('a file that is too long is not read', async () => {
  expect(await ask('readFile', 'a.txt', 3)).toBe('unread');
  expect(editor.workspace.fs.readFile).not.toHaveBeenCalledWith(expect.objectContaining({ path: '/w/a.txt' }), 3);
});

test('nothing is read without trust', async () => {
  editor.workspace.isTrusted = false;
  expect(await ask('readFile', 'a.txt')).toBe('unread');
  expect(await ask('readFolder', '')).toBe('unread');
});

test.each([
  ['', ['a.txt', 'latin1.txt', 'binary', 'sub/', 'link', 'broken']],
  ['sub', ['b.txt']],
  ['a.txt', 'absent'],
  ['gone', 'absent'],
  ['link', 'unread'],
])('lists %j', async (path, names) => expect(await ask('readFolder', path)).toEqual(names));

test('a folder with too many names is not listed', async () => expect(await ask('readFolder', '', 5)).toBe('unread'));

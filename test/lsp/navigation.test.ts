/** Names of stages: definition, references, rename, outline; and when they are left to others. */
import { afterEach, describe, expect, test } from 'vitest';
import type { DocumentSymbol, Location, Range, SymbolInformation, WorkspaceEdit } from 'vscode-languageserver/node';
import { engine } from '../engine/engine.ts';
import { capableClient, rangeOfWord, startClient, type TestClient } from './client.ts';

const uri = 'untitled:Dockerfile';
const text = `FROM golang:1.22 AS Build
RUN go build -o /app .

FROM build AS test
RUN --mount=type=bind,from=BUILD,target=/b go test ./...

FROM debian:bookworm-slim
COPY --from=build /app /app
COPY --from=0 /app /app2
COPY --from=nginx /etc/nginx /etc/nginx
CMD ["/app"]
`;
const trees = {
  ...capableClient,
  textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true }, rename: { prepareSupport: true } },
};

let client: TestClient;
afterEach(() => client.dispose());

async function opened(options: Parameters<typeof startClient>[1] = {}, content = text): Promise<void> {
  client = await startClient(engine, { capabilities: trees, ...options });
  client.open(uri, content);
}

const ask = <T>(method: string, word: string, more: object = {}): Promise<T | null> =>
  client.connection.sendRequest(method, { textDocument: { uri }, position: rangeOfWord(text, word).start, ...more });
const words = (ranges: readonly Range[]): string[] =>
  ranges.map(
    ({ start, end }) => `${start.line}:${text.split('\n')[start.line]?.slice(start.character, end.character)}`,
  );

describe('stage names', () => {
  test.each(['build AS test', 'BUILD', 'build /app', '0 /app'])('definition of %s', async (word) => {
    await opened();
    const found = await ask<Location>('textDocument/definition', word);
    expect(words([(found as Location).range])).toEqual(['0:Build']);
  });

  test('an image and a word that is none have no definition', async () => {
    await opened();
    expect(await ask('textDocument/definition', 'nginx')).toBeNull();
    expect(await ask('textDocument/definition', 'go build')).toBeNull();
  });

  test('references, whatever the casing, by number too', async () => {
    await opened();
    const context = { includeDeclaration: true };
    const all = await ask<Location[]>('textDocument/references', 'Build', { context });
    expect(words((all ?? []).map(({ range }) => range))).toEqual(['0:Build', '3:build', '4:BUILD', '7:build', '8:0']);
    const used = await ask<Location[]>('textDocument/references', 'Build', { context: { includeDeclaration: false } });
    expect(used).toHaveLength(4);
    expect(await ask('textDocument/references', 'nginx', { context })).toBeNull();
  });

  test('rename changes every name and no number', async () => {
    await opened();
    expect(words([(await ask<Range>('textDocument/prepareRename', 'BUILD')) as Range])).toEqual(['4:BUILD']);
    const edit = await ask<WorkspaceEdit>('textDocument/rename', 'Build', { newName: 'compile' });
    const [change] = edit?.documentChanges as unknown as [{ edits: { range: Range; newText: string }[] }];
    expect(words(change.edits.map(({ range }) => range))).toEqual(['0:Build', '3:build', '4:BUILD', '7:build']);
    expect(new Set(change.edits.map(({ newText }) => newText))).toEqual(new Set(['compile']));
  });

  test('a number, an image, and a command are not renamed', async () => {
    await opened();
    for (const word of ['0 /app', 'nginx', 'go test']) {
      expect(await ask('textDocument/prepareRename', word)).toBeNull();
      expect(await ask('textDocument/rename', word, { newName: 'x' })).toBeNull();
    }
  });

  test.each([
    ['test', 'is called test'],
    ['nginx', 'is called nginx'],
    ['my stage', 'begins with a letter'],
    ['1st', 'begins with a letter'],
  ])('a stage is not called %s', async (newName, why) => {
    await opened();
    await expect(ask('textDocument/rename', 'Build', { newName })).rejects.toThrow(why);
  });

  test('a FROM with a variable may mean any stage', async () => {
    await opened({}, `ARG TARGET=build\n${text.replace('FROM debian:bookworm-slim', 'FROM ${TARGET}')}`);
    const position = { line: 1, character: 21 };
    const asked = { textDocument: { uri }, position, newName: 'x' };
    await expect(client.connection.sendRequest('textDocument/rename', asked)).rejects.toThrow('by a variable');
  });
});

describe('the outline', () => {
  const outline = (): Promise<(DocumentSymbol | SymbolInformation)[] | null> =>
    client.connection.sendRequest('textDocument/documentSymbol', { textDocument: { uri } });

  test('is the stages with their images and what they are for', async () => {
    await opened();
    const found = (await outline()) as DocumentSymbol[];
    expect(found.map(({ name, detail }) => `${name} | ${detail}`)).toEqual([
      'Build | golang:1.22 · left behind: only what is copied goes on',
      'test | build · not built: nothing reaches this stage',
      'stage 2 | debian:bookworm-slim · runtime: this is the image that runs',
    ]);
    expect(found[0]?.range).toEqual({ start: { line: 0, character: 0 }, end: { line: 1, character: 22 } });
  });

  test('is flat for a client that knows no trees, and empty for a file without a stage', async () => {
    await opened({ capabilities: capableClient });
    expect((await outline())?.[0]).toMatchObject({ name: 'Build', location: { uri } });
    client.change(uri, 2, '# nothing\n');
    expect(await outline()).toEqual([]);
  });

  test('is German in a German editor', async () => {
    await opened({ locale: 'de-AT' });
    const found = (await outline()) as DocumentSymbol[];
    expect(found[2]).toMatchObject({ name: 'Stage 2', detail: 'debian:bookworm-slim · Runtime: Dieses Image läuft' });
  });

  test.each([
    [true, 'auto', false],
    [true, 'on', true],
    [false, 'auto', true],
    [false, 'off', false],
    [false, 'nonsense', true],
  ])('with another extension: %s, setting %s: %s', async (navigatedElsewhere, navigation, shown) => {
    await opened({ navigatedElsewhere, settings: { navigation } });
    expect((await outline()) !== null).toBe(shown);
    expect((await ask('textDocument/definition', 'BUILD')) !== null).toBe(shown);
  });
});

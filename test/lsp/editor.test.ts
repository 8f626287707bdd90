/** What only an editor asks for: lenses, the preview, the status, reports, and comments that silence. */
import { afterEach, describe, expect, test } from 'vitest';
import type { CodeAction, CodeLens } from 'vscode-languageserver/node';
import { engine } from '../engine/engine.ts';
import { capableClient, rangeOfWord, startClient, type TestClient } from './client.ts';

const uri = 'untitled:Dockerfile';
const single = `FROM python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y gcc libpq-dev
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
CMD ["python", "app.py"]
`;
const several =
  'FROM golang:1.22 AS build\nRUN go build -o /app .\nFROM alpine AS lost\nFROM scratch\nCOPY --from=build /app /app\n';

let client: TestClient;
afterEach(() => client.dispose());

async function opened(text: string, options: Parameters<typeof startClient>[1] = {}): Promise<void> {
  client = await startClient(engine, options);
  client.open(uri, text);
  await client.diagnostics(uri);
}

const lenses = async (): Promise<CodeLens[]> =>
  (await client.connection.sendRequest<CodeLens[] | null>('textDocument/codeLens', { textDocument: { uri } })) ?? [];

describe('code lenses', () => {
  test('say on the last FROM what the image ships, and lead to the preview', async () => {
    await opened(single);
    const [lens, ...others] = await lenses();
    expect(others).toEqual([]);
    expect(lens?.range.start.line).toBe(0);
    const resolved = await client.connection.sendRequest<CodeLens>('codeLens/resolve', lens);
    expect(resolved.command?.title).toMatch(/^ships gcc, libpq-dev, about \d+ MB — Split into builder and runtime$/);
    // This client has none of our commands: the title alone is shown.
    expect(resolved.command?.command).toBe('');
  });

  test('say what each stage of a finished file is for', async () => {
    await opened(several);
    expect((await lenses()).map((lens) => [lens.range.start.line, lens.command?.title])).toEqual([
      [0, 'build: left behind: only what is copied goes on'],
      [2, 'lost: not built: nothing reaches this stage'],
      [3, 'stage 2: runtime: this is the image that runs'],
    ]);
  });

  test('are switched off one by one', async () => {
    await opened(several, { settings: { codeLens: { stages: false } } });
    expect(await lenses()).toEqual([]);
    client.settings = { codeLens: { split: false } };
    void client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    client.change(uri, 2, single);
    await client.diagnostics(uri, 2);
    expect(await lenses()).toEqual([]);
  });

  test('of a text that has changed are not resolved', async () => {
    await opened(single);
    const [lens] = await lenses();
    client.change(uri, 2, `${single}EXPOSE 80\n`);
    await client.diagnostics(uri, 2);
    await expect(client.connection.sendRequest('codeLens/resolve', lens)).rejects.toThrow('Changed');
  });
});

interface Preview {
  readonly text: string;
  readonly version: number;
  readonly left: readonly { readonly what: string; readonly line: number }[];
  readonly copies: readonly { readonly what: string; readonly line: number }[];
  readonly tiers: readonly { readonly tier: string }[];
  readonly reason?: string;
}

const preview = (more: object = {}): Promise<Preview> =>
  client.connection.sendRequest('dockerfileStages/preview', { uri, ...more });

describe('the preview', () => {
  test('has the result with the reasons by line', async () => {
    await opened(single);
    const { text, version, left, copies, tiers } = await preview();
    expect(version).toBe(1);
    expect(left.map(({ what, line }) => [what, line])).toEqual([
      ['gcc', 1],
      ['libpq-dev', 1],
    ]);
    for (const { what, line } of copies) expect(text.split('\n')[line]).toContain(`${what} `);
    expect(tiers).toEqual([expect.objectContaining({ tier: 'same' })]);
  });

  test('tells why there is none', async () => {
    await opened('FROM debian\nCMD ["bash"]\n');
    expect((await preview()).reason).toMatch(/shell/);
    expect((await preview({ tier: 'slim' })).reason).toMatch(/shell/);
  });
});

test('a comment silences a finding for its instruction', async () => {
  await opened(single);
  const all = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: rangeOfWord(single, 'gcc'),
    context: { diagnostics: [], only: ['quickfix'] },
  });
  const [ignore, ...others] = all.filter((action) => action.title.startsWith('Ignore '));
  expect(others).toEqual([]);
  expect(ignore).toMatchObject({ title: 'Ignore build-package for this instruction', kind: 'quickfix' });
  const resolved = await client.connection.sendRequest<CodeAction>('codeAction/resolve', ignore);
  const [change] = resolved.edit?.documentChanges ?? [];
  expect(change).toMatchObject({
    edits: [
      {
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } },
        newText: '# dockerfile-stages ignore=build-package\n',
      },
    ],
  });
});

describe('a doubt is settled by a comment', () => {
  const text = single.replace('gcc libpq-dev', 'gcc libpq-dev git');
  const offers = async (word: string): Promise<CodeAction[]> => {
    const all = await client.actions(uri, text, word, ['refactor.rewrite']);
    return all.filter((action) => !action.title.startsWith('Split'));
  };

  test.each([
    ['git', 'Leave git behind: nothing here runs it', 1, '# dockerfile-stages leave=git\n'],
    ['gcc', 'Keep gcc in the runtime stage', 1, '# dockerfile-stages keep=gcc\n'],
    [
      'requirements.txt',
      'Accept the assumption dependencies-unread',
      4,
      '# dockerfile-stages accept=dependencies-unread\n',
    ],
  ])('%s', async (word, title, line, newText) => {
    await opened(text);
    const [offer, ...others] = await offers(word);
    expect(others).toEqual([]);
    expect(offer?.title).toBe(title);
    const resolved = await client.connection.sendRequest<CodeAction>('codeAction/resolve', offer);
    const at = { line, character: 0 };
    expect(resolved.edit?.documentChanges?.[0]).toMatchObject({ edits: [{ range: { start: at, end: at }, newText }] });
  });

  test('nothing is offered elsewhere', async () => {
    await opened(text);
    expect(await offers('WORKDIR')).toEqual([]);
  });
});

test('a report is text for the user to read', async () => {
  await opened(single);
  expect(await client.connection.sendRequest('dockerfileStages/report', { uri })).toContain('## After');
  expect(await client.connection.sendRequest('dockerfileStages/report', { uri: 'untitled:other' })).toBeNull();
});

describe('the status', () => {
  const status = (text: string): Promise<unknown> => {
    const sent = new Promise((resolve) => client.connection.onNotification('dockerfileStages/status', resolve));
    client.open(uri, text);
    return sent;
  };

  test('is sent to our own client after each change', async () => {
    client = await startClient(engine, { capabilities: capableClient, status: true });
    expect(await status(single)).toMatchObject({
      uri,
      status: 'split',
      detail: 'gcc, libpq-dev',
      context: null,
      factsDate: expect.stringMatching(/^\d{4}-/) as string,
    });
  });

  test('says why there is nothing', async () => {
    client = await startClient(engine, { capabilities: capableClient, status: true });
    expect(await status('FROM debian\nCMD ["bash"]\n')).toMatchObject({
      status: 'nothing-to-gain',
      label: 'Left as it is',
    });
  });
});

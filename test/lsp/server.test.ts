import { afterEach, describe, expect, test } from 'vitest';
import { CancellationTokenSource, type CodeAction } from 'vscode-languageserver/node';
import { fakeEngine } from '../host/fakeEngine.ts';
import { capableClient, modestClient, rangeOfWord, startClient, type TestClient } from './client.ts';

const uri = 'untitled:Dockerfile';
const splittable = 'FROM python:3.12\nRUN apt-get install build-essential\n';

let client: TestClient;
afterEach(() => client.dispose());

async function opened(text: string, options: Parameters<typeof startClient>[1] = {}, engine = fakeEngine()) {
  client = await startClient(engine, options);
  client.open(uri, text);
  return client.diagnostics(uri);
}

describe('initialize', () => {
  test('promises what is there and nothing that acts on save', async () => {
    client = await startClient(fakeEngine());
    const { capabilities } = client.initialized;
    expect(capabilities.textDocumentSync).toMatchObject({ openClose: true, change: 2 });
    expect(capabilities.codeActionProvider).toEqual({
      codeActionKinds: ['quickfix', 'refactor.rewrite'],
      resolveProvider: true,
    });
    expect(capabilities).not.toHaveProperty('completionProvider');
    expect(capabilities).not.toHaveProperty('documentFormattingProvider');
  });

  test('offers no resolve to a client that cannot take an edit from it', async () => {
    client = await startClient(fakeEngine(), { capabilities: modestClient });
    expect(client.initialized.capabilities.codeActionProvider).toMatchObject({ resolveProvider: false });
  });
});

describe('diagnostics', () => {
  test('stand on the exact words, with code, page and related place', async () => {
    const [diagnostic, ...others] = await opened(splittable);
    expect(others).toEqual([]);
    expect(diagnostic).toMatchObject({
      range: rangeOfWord(splittable, 'build-essential'),
      severity: 2,
      code: 'fake-tool',
      source: 'dockerfile-stages',
      codeDescription: { href: expect.stringMatching(/docs\/codes\/fake-tool\.md$/) as string },
      relatedInformation: [{ location: { uri }, message: 'the stage' }],
    });
  });

  test('leave out what the client does not know', async () => {
    const [diagnostic] = await opened(splittable, { capabilities: modestClient });
    expect(diagnostic).toBeDefined();
    expect(diagnostic).not.toHaveProperty('codeDescription');
    expect(diagnostic).not.toHaveProperty('relatedInformation');
  });

  test('follow changes with their version, and go when the document is closed', async () => {
    await opened('FROM scratch\n');
    client.change(uri, 2, splittable);
    expect(await client.diagnostics(uri, 2)).toHaveLength(1);
    expect(client.published.at(-1)?.version).toBe(2);
    void client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    expect(await client.diagnostics(uri)).toEqual([]);
  });

  test('follow an incremental change', async () => {
    await opened(splittable);
    void client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: rangeOfWord(splittable, 'build-essential'), text: 'git build-essential' }],
    });
    const [diagnostic] = await client.diagnostics(uri, 2);
    expect(diagnostic?.range.start).toEqual({ line: 1, character: 'RUN apt-get install git '.length });
  });

  test('of several queued changes only the last is analysed', async () => {
    const engine = fakeEngine();
    await opened('FROM scratch\n', {}, engine);
    engine.analysed.length = 0;
    for (let version = 2; version <= 9; version++) client.change(uri, version, `FROM scratch\n# ${version}\n`);
    await client.diagnostics(uri, 9);
    expect(engine.analysed.length).toBeLessThan(8);
    expect(engine.analysed.at(-1)).toBe('FROM scratch\n# 9\n');
  });

  test('the analysis of a version is shared by all features', async () => {
    const engine = fakeEngine();
    await opened(splittable, {}, engine);
    await client.hover(uri, 1, 25);
    await client.actions(uri, splittable, 'build-essential');
    expect(engine.analysed).toHaveLength(1);
  });
});

describe('quiet', () => {
  const quiet = async (document: string, text: string) => {
    client = await startClient(fakeEngine());
    client.open(document, text);
    expect(await client.diagnostics(document)).toEqual([]);
    expect(await client.actions(document, text, 'build-essential')).toEqual([]);
    expect(await client.hover(document, 1, 25)).toBeNull();
  };

  test.each(['git:/repo/Dockerfile', 'gitlens:/Dockerfile', 'review:/Dockerfile', 'output:x'])(
    'in %s',
    async (view) => {
      await quiet(view, splittable);
    },
  );
  test('in a file with conflict markers', () => quiet(uri, `<<<<<<< ours\n${splittable}`));
  test('where the engine fails', () => quiet(uri, `${splittable}BOOM`));
  test('where nothing is gained: no disabled action either', async () => {
    await opened('FROM python:3.12-slim\nCMD true\n');
    expect(await client.actions(uri, 'FROM python:3.12-slim\n', 'python')).toEqual([]);
  });
  test('in a document that was never opened', async () => {
    client = await startClient(fakeEngine());
    expect(await client.actions('untitled:other', splittable, 'FROM')).toEqual([]);
    expect(await client.hover('untitled:other', 0, 0)).toBeNull();
  });

  test('a failure outside a request does not end the server', async () => {
    client = await startClient(fakeEngine());
    client.open(uri, 'LATER');
    client.change(uri, 2, splittable);
    expect(await client.diagnostics(uri, 2)).toHaveLength(1);
    client.change(uri, 3, 'LATER');
    await expect(client.actions(uri, splittable, 'FROM')).rejects.toThrow();
    client.change(uri, 4, splittable);
    expect(await client.diagnostics(uri, 4)).toHaveLength(1);
  });

  test('a server whose engine failed once answers the next request', async () => {
    await opened('BOOM');
    client.change(uri, 2, splittable);
    expect(await client.diagnostics(uri, 2)).toHaveLength(1);
  });
});

describe('code actions', () => {
  test('the quick fix is attached to its diagnostic, preferred, and gets its edit on resolve', async () => {
    await opened(splittable);
    const [action] = await client.actions(uri, splittable, 'build-essential', ['quickfix']);
    expect(action).toMatchObject({
      title: 'Split into builder and runtime stages',
      kind: 'quickfix',
      isPreferred: true,
      diagnostics: [{ code: 'fake-tool' }],
    });
    expect(action).not.toHaveProperty('edit');
    const resolved = await client.connection.sendRequest<CodeAction>('codeAction/resolve', action);
    expect(resolved.edit).toEqual({
      documentChanges: [
        {
          textDocument: { uri, version: 1 },
          edits: [{ range: rangeOfWord(splittable, 'build-essential'), newText: 'NOTHING' }],
        },
      ],
    });
  });

  test('the refactoring is there anywhere in the file, without diagnostics', async () => {
    await opened(splittable);
    const actions = await client.actions(uri, splittable, 'FROM', ['refactor']);
    expect(actions.map(({ kind, disabled }) => [kind, disabled?.reason])).toEqual([
      ['refactor.rewrite', undefined],
      ['refactor.rewrite', 'Because it is a test.'],
    ]);
    expect(actions[0]).not.toHaveProperty('diagnostics');
  });

  test('each tier is offered once', async () => {
    await opened(splittable);
    const actions = await client.actions(uri, splittable, 'build-essential');
    expect(actions.map(({ title, kind }) => [title, kind])).toEqual([
      ['Split into builder and runtime stages', 'quickfix'],
      ['Split (same)', 'refactor.rewrite'],
    ]);
  });

  test('no quick fix away from the diagnostic', async () => {
    await opened(splittable);
    expect(await client.actions(uri, splittable, 'FROM', ['quickfix'])).toEqual([]);
  });

  test('a diagnostic that the client names counts like the range', async () => {
    const [diagnostic] = await opened(splittable);
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: rangeOfWord(splittable, 'FROM'),
      context: { diagnostics: [diagnostic], only: ['quickfix'] },
    });
    expect(actions.map((action) => action.title)).toEqual([
      'Split into builder and runtime stages',
      'Ignore fake-tool for this instruction',
    ]);
  });

  test.each(['source.fixAll', 'source', 'source.organizeImports', 'refactor.extract'])(
    'nothing for %s',
    async (kind) => {
      await opened(splittable);
      expect(await client.actions(uri, splittable, 'build-essential', [kind])).toEqual([]);
    },
  );

  test('a split with an assumption is not preferred', async () => {
    const text = `${splittable}# ASSUME\n`;
    await opened(text);
    const [action] = await client.actions(uri, text, 'build-essential', ['quickfix']);
    expect(action?.title).toMatch(/^Split/);
    expect(action).not.toHaveProperty('isPreferred');
  });

  test('a refusal is a disabled action with the reason', async () => {
    const text = `${splittable}# REFUSE\n`;
    await opened(text);
    const actions = await client.actions(uri, text, 'build-essential');
    expect(actions.map(({ disabled, kind }) => [disabled?.reason, kind])).toEqual([
      ['Because it is a test.', 'refactor.rewrite'],
      ['Because it is a test.', 'refactor.rewrite'],
    ]);
  });

  test('a client without disabledSupport sees no refused tier', async () => {
    const text = `${splittable}# REFUSE\n`;
    await opened(text, { capabilities: modestClient });
    expect(await client.actions(uri, text, 'build-essential')).toEqual([]);
  });

  test('a client without resolve and versions gets the edit inline as changes', async () => {
    await opened(splittable, { capabilities: modestClient });
    const [action] = await client.actions(uri, splittable, 'build-essential');
    expect(action?.edit).toEqual({
      changes: { [uri]: [{ range: rangeOfWord(splittable, 'build-essential'), newText: 'NOTHING' }] },
    });
    expect(action).not.toHaveProperty('isPreferred');
  });

  test('a client without code action literals gets none', async () => {
    await opened(splittable, { capabilities: {} });
    expect(await client.actions(uri, splittable, 'build-essential')).toEqual([]);
  });

  test('a finding has its own fix, which is no split and never preferred', async () => {
    const text = 'FROM a\nRUN tidy-me\n';
    await opened(text);
    const [action, ...others] = await client.actions(uri, text, 'tidy-me');
    expect(others).toEqual([]);
    expect(action).toMatchObject({ title: 'Tidy', kind: 'quickfix', diagnostics: [{ code: 'fake-tidy' }] });
    expect(action).not.toHaveProperty('isPreferred');
    const resolved = await client.connection.sendRequest<CodeAction>('codeAction/resolve', action);
    expect(resolved.edit?.documentChanges).toMatchObject([{ edits: [{ newText: 'tidied' }] }]);
  });

  test('a stale action gets an error, never a stale edit', async () => {
    await opened(splittable);
    const [action] = await client.actions(uri, splittable, 'build-essential');
    client.change(uri, 2, `# new first line\n${splittable}`);
    await expect(client.connection.sendRequest('codeAction/resolve', action)).rejects.toMatchObject({ code: -32801 });
  });

  test('an action of a closed document gets an error', async () => {
    await opened(splittable);
    const [action] = await client.actions(uri, splittable, 'build-essential');
    void client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await expect(client.connection.sendRequest('codeAction/resolve', action)).rejects.toMatchObject({ code: -32801 });
  });

  test('an action of somebody else comes back as it is', async () => {
    client = await startClient(fakeEngine());
    const action = { title: 'Other', data: { id: 1 } };
    expect(await client.connection.sendRequest('codeAction/resolve', action)).toEqual(action);
  });
});

describe('hover', () => {
  test('is Markdown on the words, nothing elsewhere', async () => {
    await opened(splittable);
    expect(await client.hover(uri, 1, 22)).toEqual({
      contents: { kind: 'markdown', value: '**build-essential** leaves' },
      range: rangeOfWord(splittable, 'build-essential'),
    });
    expect(await client.hover(uri, 0, 0)).toBeNull();
    expect(await client.hover(uri, 99, 99)).toBeNull();
  });

  test('is plain text for a client that does not know Markdown', async () => {
    await opened(splittable, { capabilities: modestClient });
    expect((await client.hover(uri, 1, 22))?.contents).toMatchObject({ kind: 'plaintext' });
  });
});

describe('cancellation', () => {
  test.each(['textDocument/hover', 'textDocument/codeAction'])('a cancelled %s is answered so', async (method) => {
    client = await startClient(fakeEngine());
    let answerSettings: (value: unknown) => void = () => undefined;
    client.settings = new Promise((resolve) => (answerSettings = resolve));
    client.open(uri, splittable);
    const cancel = new CancellationTokenSource();
    const range = rangeOfWord(splittable, 'build-essential');
    const params = { textDocument: { uri }, position: range.start, range, context: { diagnostics: [] } };
    const answer = client.connection.sendRequest(method, params, cancel.token);
    cancel.cancel();
    answerSettings({});
    await expect(answer).rejects.toMatchObject({ code: -32800 });
    expect(await client.diagnostics(uri)).toHaveLength(1);
  });
});

describe('settings', () => {
  const offForTool = { severity: { 'fake-tool': 'off' } };

  test('are asked for and followed live', async () => {
    expect(await opened(splittable, { settings: offForTool })).toEqual([]);
    client.settings = {};
    void client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    expect(await client.diagnostics(uri)).toHaveLength(1);
    client.settings = { enable: false };
    void client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    expect(await client.diagnostics(uri)).toEqual([]);
  });

  test('are pushed by a client that does not answer requests for them', async () => {
    expect(await opened(splittable, { capabilities: modestClient, settings: offForTool })).toEqual([]);
    const settings = { dockerfileStages: { severity: {} } };
    void client.connection.sendNotification('workspace/didChangeConfiguration', { settings });
    expect(await client.diagnostics(uri)).toHaveLength(1);
  });

  test('reach the engine', async () => {
    const engine = fakeEngine();
    await opened(splittable, { settings: { stageNames: { builder: 'compile' }, minimumGainMB: 50 } }, engine);
    expect(engine.settings.at(-1)).toMatchObject({ builderName: 'compile', runtimeName: 'runtime', minimumGainMB: 50 });
  });

  test('a request that overtakes the settings waits for them', async () => {
    client = await startClient(fakeEngine(), { capabilities: capableClient, settings: { enable: false } });
    client.open(uri, splittable);
    expect(await client.actions(uri, splittable, 'build-essential')).toEqual([]);
  });
});

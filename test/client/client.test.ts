import { beforeEach, describe, expect, test, vi } from 'vitest';
import { activate, deactivate } from '../../client/src/node.ts';
import { splitDocument } from '../../client/src/splitDocument.ts';
import manifest from '../../package.json';
import * as editor from './vscode.ts';

vi.mock('vscode', () => import('./vscode.ts'));

const languageClient = vi.hoisted(() => ({
  created: [] as unknown[][],
  start: vi.fn(() => Promise.resolve()),
  dispose: vi.fn(() => Promise.resolve()),
  onNotification: vi.fn(),
}));
vi.mock('vscode-languageclient/node', () => ({
  TransportKind: { ipc: 1 },
  LanguageClient: class {
    start = languageClient.start;
    dispose = languageClient.dispose;
    onNotification = languageClient.onNotification;
    constructor(...args: unknown[]) {
      languageClient.created.push(args);
    }
  },
}));

type Command = () => unknown;

beforeEach(() => {
  vi.clearAllMocks();
  languageClient.created.length = 0;
});

async function activated(): Promise<Map<string, Command>> {
  const context = { subscriptions: [], asAbsolutePath: (path: string) => `/ext/${path}` };
  await activate(context as unknown as Parameters<typeof activate>[0]);
  return new Map(editor.commands.registerCommand.mock.calls as unknown as [string, Command][]);
}

describe('extension', () => {
  test('registers exactly the commands of the manifest', async () => {
    const registered = await activated();
    expect([...registered.keys()].sort()).toEqual(manifest.contributes.commands.map((entry) => entry.command).sort());
  });

  test('starts the server for Dockerfiles that can be edited, and says whether they are trusted', async () => {
    await activated();
    expect(languageClient.start).toHaveBeenCalledOnce();
    const [, , server, options] = languageClient.created[0] ?? [];
    expect(server).toMatchObject({ run: { module: '/ext/dist/server.js', transport: 1 } });
    const { documentSelector, initializationOptions } = options as {
      documentSelector: object[];
      initializationOptions: object;
    };
    expect(documentSelector).toContainEqual({ scheme: 'untitled', language: 'dockerfile' });
    expect(documentSelector).not.toContainEqual(expect.objectContaining({ scheme: 'git' }));
    expect(initializationOptions).toEqual({ trusted: true, commands: true, status: true });
  });

  test('restarts on command and when trust is granted', async () => {
    const registered = await activated();
    await registered.get('dockerfileStages.restartServer')?.();
    expect(languageClient.dispose).toHaveBeenCalledOnce();
    expect(languageClient.start).toHaveBeenCalledTimes(2);
    const [[granted]] = editor.workspace.onDidGrantWorkspaceTrust.mock.calls as unknown as [[Command]];
    await granted();
    expect(languageClient.start).toHaveBeenCalledTimes(3);
    await deactivate();
    expect(languageClient.dispose).toHaveBeenCalledTimes(3);
  });
});

describe('Split This Dockerfile', () => {
  const document = { uri: 'u', getText: () => 'FROM a', positionAt: (offset: number) => offset };
  const action = (title: string, more: object = {}) => ({ title, edit: { of: title }, ...more });
  const offer = (...actions: object[]) => {
    editor.window.activeTextEditor = { document };
    editor.commands.executeCommand.mockResolvedValueOnce(actions);
  };

  test('applies the only split', async () => {
    offer(action('Split into stages'), action('Extract something else'));
    await splitDocument();
    expect(editor.workspace.applyEdit).toHaveBeenCalledExactlyOnceWith({ of: 'Split into stages' });
  });

  test('asks which when there are several', async () => {
    offer(action('Split a'), action('Split b'));
    editor.window.showQuickPick.mockImplementationOnce((items: unknown[]) => Promise.resolve(items[1]));
    await splitDocument();
    expect(editor.workspace.applyEdit).toHaveBeenCalledExactlyOnceWith({ of: 'Split b' });
  });

  test('does nothing when the choice is dismissed', async () => {
    offer(action('Split a'), action('Split b'));
    await splitDocument();
    expect(editor.workspace.applyEdit).not.toHaveBeenCalled();
    expect(editor.window.showInformationMessage).not.toHaveBeenCalled();
  });

  test('tells the reason of a refusal', async () => {
    offer({ title: 'Split a', disabled: { reason: 'It compiles at the start.' } });
    await splitDocument();
    expect(editor.window.showInformationMessage).toHaveBeenCalledExactlyOnceWith('It compiles at the start.');
  });

  test('says so when there is nothing to split', async () => {
    offer();
    await splitDocument();
    expect(editor.window.showInformationMessage).toHaveBeenCalledExactlyOnceWith(
      'There is nothing to split in this file.',
    );
  });
});

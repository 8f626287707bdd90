import { beforeEach, describe, expect, test, vi } from 'vitest';
import { activate, deactivate } from '../../client/src/node.ts';
import manifest from '../../package.json';
import * as editor from './vscode.ts';

vi.mock('vscode', () => import('./vscode.ts'));
vi.mock('vscode-languageclient', () => ({ WorkDoneProgress: { type: 'work done' } }));

const languageClient = vi.hoisted(() => ({
  created: [] as unknown[][],
  start: vi.fn(() => Promise.resolve()),
  dispose: vi.fn(() => Promise.resolve()),
  onNotification: vi.fn(),
  onRequest: vi.fn(),
  sendRequest: vi.fn(() => Promise.resolve<unknown>(null)),
}));
vi.mock('vscode-languageclient/node', () => ({
  TransportKind: { ipc: 1 },
  LanguageClient: class {
    start = languageClient.start;
    dispose = languageClient.dispose;
    onNotification = languageClient.onNotification;
    onRequest = languageClient.onRequest;
    sendRequest = languageClient.sendRequest;
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

/** What the editor does; the commands that are there when `activate` returns. */
function activateNow(): Map<string, Command> {
  const context = { subscriptions: [], asAbsolutePath: (path: string) => `/ext/${path}` };
  activate(context as unknown as Parameters<typeof activate>[0]);
  return new Map(editor.commands.registerCommand.mock.calls as unknown as [string, Command][]);
}

/** Activated, and the server has been started. */
async function activated(): Promise<Map<string, Command>> {
  const registered = activateNow();
  await vi.waitFor(() => expect(languageClient.start).toHaveBeenCalledOnce());
  return registered;
}

describe('extension', () => {
  test('registers exactly the commands of the manifest', async () => {
    const registered = await activated();
    expect([...registered.keys()].sort()).toEqual(manifest.contributes.commands.map((entry) => entry.command).sort());
  });

  test('keeps nobody waiting: the server is started when the activation is over', async () => {
    const registered = activateNow();
    expect(registered.has('dockerfileStages.restartServer')).toBe(true);
    expect(languageClient.created).toEqual([]);
    await vi.waitFor(() => expect(languageClient.start).toHaveBeenCalledOnce());
  });

  test('a command that comes before the server is answered by the one server that is started', async () => {
    editor.window.activeTextEditor = { document: { uri: editor.Uri.parse('file:///a/Dockerfile') } };
    await activateNow().get('dockerfileStages.reportWrongSplit')?.();
    expect(languageClient.sendRequest).toHaveBeenCalledExactlyOnceWith('dockerfileStages/report', {
      uri: 'file:///a/Dockerfile',
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(languageClient.start).toHaveBeenCalledOnce();
  });

  test('a server that does not start: written down, said to whoever asks, and another can be started', async () => {
    languageClient.start.mockRejectedValueOnce(new Error('no such file'));
    const registered = await activated();
    const [output] = editor.window.createOutputChannel.mock.results.map(({ value }) => value as { error: unknown });
    await vi.waitFor(() => expect(output?.error).toHaveBeenCalledExactlyOnceWith('Error: no such file'));
    await expect(registered.get('dockerfileStages.reportWrongSplit')?.()).rejects.toThrow('no such file');
    await registered.get('dockerfileStages.restartServer')?.();
    expect(languageClient.start).toHaveBeenCalledTimes(2);
    await registered.get('dockerfileStages.reportWrongSplit')?.();
    expect(languageClient.sendRequest).toHaveBeenCalledOnce();
  });

  test('starts the server for Dockerfiles that can be edited, and says whether they are trusted', async () => {
    editor.workspace.workspaceFolders = [{ uri: editor.Uri.parse('ours:///a') }];
    await activated();
    expect(languageClient.start).toHaveBeenCalledOnce();
    const [, , server, options] = languageClient.created[0] ?? [];
    expect(server).toMatchObject({ run: { module: '/ext/dist/server.js', transport: 1 } });
    const { documentSelector, initializationOptions } = options as {
      documentSelector: object[];
      initializationOptions: object;
    };
    expect(documentSelector).toContainEqual({ scheme: 'untitled', language: 'dockerfile' });
    expect(documentSelector).toContainEqual({ scheme: 'ours', language: 'dockerfile' });
    expect(documentSelector).not.toContainEqual(expect.objectContaining({ scheme: 'git' }));
    expect(initializationOptions).toEqual({
      trusted: true,
      commands: true,
      status: true,
      readFiles: true,
      navigatedElsewhere: false,
    });
  });

  test('says that another extension finds its way in Dockerfiles, and starts anew when that changes', async () => {
    await activated();
    const [[changed]] = editor.extensions.onDidChange.mock.calls as unknown as [[Command]];
    await changed();
    expect(languageClient.start).toHaveBeenCalledOnce();
    editor.extensions.installed.push('docker.docker');
    await changed();
    expect(languageClient.start).toHaveBeenCalledTimes(2);
    const [, , , options] = languageClient.created[1] ?? [];
    expect(options).toMatchObject({ initializationOptions: { navigatedElsewhere: true } });
    editor.extensions.installed.length = 0;
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

/** Starts the language server and registers what the user can call; everything else is decided by the server. */
import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, TransportKind } from 'vscode-languageclient/node';
import { previewScheme, SplitPreview } from './preview.ts';
import { reportWrongSplit } from './report.ts';
import { showOutput } from './showOutput.ts';
import { splitDocument } from './splitDocument.ts';
import { type Status, StatusItem } from './status.ts';

let client: LanguageClient | undefined;

const documents = ['file', 'untitled', 'vscode-vfs'].flatMap((scheme) =>
  ['dockerfile', 'containerfile'].map((language) => ({ scheme, language })),
);

/** Called by the editor when the first Dockerfile is opened or a command of ours is called. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Dockerfile Stages', { log: true });
  const status = new StatusItem(documents);
  const preview = new SplitPreview(() => client);
  const start = async () => {
    client = createClient(context, output);
    client.onNotification('dockerfileStages/status', (one: Status) => status.update(one));
    await client.start();
  };
  const restart = async () => {
    await client?.dispose();
    await start();
  };
  context.subscriptions.push(
    output,
    status,
    preview,
    vscode.workspace.registerTextDocumentContentProvider(previewScheme, preview),
    vscode.window.onDidChangeVisibleTextEditors(() => preview.annotate()),
    vscode.window.tabGroups.onDidChangeTabs(() => preview.annotate()),
    vscode.commands.registerCommand('dockerfileStages.restartServer', restart),
    vscode.commands.registerCommand('dockerfileStages.showOutput', () => showOutput(output)),
    vscode.commands.registerCommand('dockerfileStages.split', splitDocument),
    vscode.commands.registerCommand('dockerfileStages.previewSplit', (uri?: unknown) => preview.show(address(uri))),
    vscode.commands.registerCommand('dockerfileStages.applySplit', () => preview.apply()),
    vscode.commands.registerCommand('dockerfileStages.explain', (uri?: unknown) =>
      status.explain(client, address(uri)),
    ),
    vscode.commands.registerCommand('dockerfileStages.reportWrongSplit', () => reportWrongSplit(client)),
    // Trust decides whether the build context may be read.
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
  );
  await start();
}

/** Called by the editor when it closes. */
export async function deactivate(): Promise<void> {
  await client?.dispose();
}

function createClient(context: vscode.ExtensionContext, output: vscode.LogOutputChannel): LanguageClient {
  const server = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  const options: LanguageClientOptions = {
    documentSelector: documents,
    initializationOptions: { trusted: vscode.workspace.isTrusted, commands: true, status: true },
    outputChannel: output,
  };
  return new LanguageClient('dockerfileStages', 'Dockerfile Stages', { run: server, debug: server }, options);
}

/** A lens gives the address of its document; the palette gives nothing, a menu gives a Uri. */
function address(given: unknown): string | undefined {
  return typeof given === 'string' ? given : given instanceof vscode.Uri ? given.toString() : undefined;
}

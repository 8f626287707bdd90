/** Starts the language server and registers what the user can call; everything else is decided by the server. */
import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, TransportKind } from 'vscode-languageclient/node';
import { showOutput } from './showOutput.ts';
import { splitDocument } from './splitDocument.ts';

let client: LanguageClient | undefined;

/** Called by the editor when the first Dockerfile is opened or a command of ours is called. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Dockerfile Stages', { log: true });
  const start = async () => {
    client = createClient(context, output);
    await client.start();
  };
  const restart = async () => {
    await client?.dispose();
    await start();
  };
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand('dockerfileStages.restartServer', restart),
    vscode.commands.registerCommand('dockerfileStages.showOutput', () => showOutput(output)),
    vscode.commands.registerCommand('dockerfileStages.split', splitDocument),
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
    documentSelector: ['file', 'untitled', 'vscode-vfs'].flatMap((scheme) =>
      ['dockerfile', 'containerfile'].map((language) => ({ scheme, language })),
    ),
    initializationOptions: { trusted: vscode.workspace.isTrusted },
    outputChannel: output,
  };
  return new LanguageClient('dockerfileStages', 'Dockerfile Stages', { run: server, debug: server }, options);
}

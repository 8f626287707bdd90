/** Entry on the desktop and on a remote machine (`main`): the server is a process of its own. */
import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateWith } from './extension.ts';

export { deactivate } from './extension.ts';

/** Called by the editor when the first Dockerfile is opened or a command of ours is called. */
export function activate(context: vscode.ExtensionContext): Promise<void> {
  const server = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  return activateWith(
    context,
    (options) => new LanguageClient('dockerfileStages', 'Dockerfile Stages', { run: server, debug: server }, options),
  );
}

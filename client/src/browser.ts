/** Entry in an editor that runs in a browser (`browser`): the server is a web worker. */
import * as vscode from 'vscode';
import { activateWith } from './extension.ts';

export { deactivate } from './extension.ts';

/** Called by the editor when the first Dockerfile is opened or a command of ours is called. */
export function activate(context: vscode.ExtensionContext): void {
  activateWith(context, async () => {
    const { createClient, onReport } = await import('./browserClient.ts');
    const dist = vscode.Uri.joinPath(context.extensionUri, 'dist');
    return { create: (options) => createClient(dist, options), onReport };
  });
}

/** Entry on the desktop and on a remote machine (`main`): the server is a process of its own. */
import type * as vscode from 'vscode';
import { activateWith } from './extension.ts';

export { deactivate } from './extension.ts';

/** Called by the editor when the first Dockerfile is opened or a command of ours is called. */
export function activate(context: vscode.ExtensionContext): void {
  activateWith(context, async () => {
    const { createClient, onReport } = await import('./nodeClient.ts');
    return { create: (options) => createClient(context.asAbsolutePath('dist/server.js'), options), onReport };
  });
}

/** Entry in an editor that runs in a browser (`browser`): the server is a web worker. */
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activateWith } from './extension.ts';

/** Web workers are not among the types of this project. */
declare const Worker: new (address: string) => Worker;

export { deactivate } from './extension.ts';

/** Called by the editor when the first Dockerfile is opened or a command of ours is called. */
export function activate(context: vscode.ExtensionContext): Promise<void> {
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist');
  return activateWith(context, (options) => {
    const worker = new Worker(vscode.Uri.joinPath(dist, 'web/server.js').toString(true));
    // A worker does not know where it was loaded from: it is told where its tables of facts lie.
    const initializationOptions: unknown = { ...options.initializationOptions, resources: dist.toString(true) };
    return new LanguageClient('dockerfileStages', 'Dockerfile Stages', worker, { ...options, initializationOptions });
  });
}

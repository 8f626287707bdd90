/** The client of a server that is a web worker. With its library, which is run when it is needed. */
import { Uri } from 'vscode';
import { type BaseLanguageClient, LanguageClient, type LanguageClientOptions } from 'vscode-languageclient/browser';

export { onReport } from './progress.ts';

/** Web workers are not among the types of this project. */
declare const Worker: new (address: string) => Worker;

/** `dist`: the folder of the server and its tables. */
export function createClient(dist: Uri, options: LanguageClientOptions): BaseLanguageClient {
  const worker = new Worker(Uri.joinPath(dist, 'web/server.js').toString(true));
  // A worker does not know where it was loaded from: it is told where its tables of facts lie.
  const initializationOptions: unknown = { ...options.initializationOptions, resources: dist.toString(true) };
  return new LanguageClient('dockerfileStages', 'Dockerfile Stages', worker, { ...options, initializationOptions });
}

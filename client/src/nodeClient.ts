/** The client of a server that is a process of its own. With its library: a file of its own, loaded when it is needed. */
import {
  type BaseLanguageClient,
  LanguageClient,
  type LanguageClientOptions,
  TransportKind,
} from 'vscode-languageclient/node';

export { onReport } from './progress.ts';

/** `module`: path of the server's file. */
export function createClient(module: string, options: LanguageClientOptions): BaseLanguageClient {
  const server = { module, transport: TransportKind.ipc };
  return new LanguageClient('dockerfileStages', 'Dockerfile Stages', { run: server, debug: server }, options);
}

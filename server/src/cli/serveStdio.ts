/** The language server on standard input and output; loaded only by `lsp`. */
import { makeRoom } from '../host/smallHeap.ts';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { Engine } from '../engine/model/analysis.ts';
import { nodeHost } from '../host/serverHost.ts';
import { serve } from '../serve.ts';
import { startServer } from '../server.ts';

/** Never resolves: the connection ends the process when the client says `exit` or goes away. */
export function serveStdio(engine: Engine): Promise<never> {
  startServer(
    createConnection(ProposedFeatures.all, process.stdin, process.stdout),
    () => (connection, client, catalogue) => {
      serve(connection, engine, { ...nodeHost, makeRoom }, client, catalogue);
    },
  );
  return new Promise<never>(() => undefined);
}

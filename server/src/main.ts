/** Entry of the language server: `--node-ipc`, `--stdio` or `--socket=PORT`, as the editor starts it. */
import './host/smallHeap.ts';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { type Serve, startServer } from './server.ts';

startServer(createConnection(ProposedFeatures.all), () => {
  // A file of its own, with the engine: read while the client already works with our answer.
  // At once (`import()` takes a turn): the next message must find it there.
  return (require('./serveNode.ts') as { readonly serveNode: Serve }).serveNode;
});

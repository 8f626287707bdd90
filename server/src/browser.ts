/** Entry of the language server in a web worker, as the editor in a browser starts it. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import './host/web/globals.ts';
import { createEngine } from './engine/index.ts';
import { WebHost } from './host/web/webHost.ts';
import { serve } from './serve.ts';
import { startServer } from './server.ts';

declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

const host = new WebHost();
const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
const engine = createEngine({ table: (name) => host.table(name) });
startServer(
  connection,
  () => (served, client, catalogue) => {
    serve(served, engine, host, client, catalogue);
  },
  (client, log) => host.prepare(client, log),
);

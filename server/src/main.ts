/** Entry of the language server: `--node-ipc`, `--stdio` or `--socket=PORT`, as the editor starts it. */
import { createRequire } from 'node:module';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { TableName } from './engine/facts/types.ts';
import { createEngine } from './engine/index.ts';
import { nodeHost } from './host/serverHost.ts';
import { startServer } from './server.ts';

/** The tables are a second file that is loaded when the first of them is asked for, not at the start. */
function table(name: TableName): string | undefined {
  const load = createRequire(__filename);
  return (load('./facts.js') as { tables: Partial<Record<TableName, string>> }).tables[name];
}

startServer(createConnection(ProposedFeatures.all), createEngine({ table }), nodeHost);

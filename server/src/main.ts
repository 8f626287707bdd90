/** Entry of the language server: `--node-ipc`, `--stdio` or `--socket=PORT`, as the editor starts it. */
import { makeRoom } from './host/smallHeap.ts';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { TableName } from './engine/facts/types.ts';
import { createEngine } from './engine/index.ts';
import { nodeHost } from './host/serverHost.ts';
import { startServer } from './server.ts';

/**
 * A table is read when it is first asked for, not at the start. Text files beside
 * the bundle: as strings in a script, all of them would stay in memory twice.
 */
function table(name: TableName): string {
  return fs.readFileSync(path.join(__dirname, 'facts', `${name}.txt`), 'utf8');
}

startServer(createConnection(ProposedFeatures.all), createEngine({ table }), { ...nodeHost, makeRoom });

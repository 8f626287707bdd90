/** What serves a client of the language server on Node.js: the engine, its facts beside the bundle, the disk. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { TableName } from './engine/facts/types.ts';
import { createEngine } from './engine/index.ts';
import { nodeHost } from './host/serverHost.ts';
import { makeRoom } from './host/smallHeap.ts';
import { serve } from './serve.ts';
import type { Serve } from './server.ts';

/**
 * A table is read when it is first asked for, not at the start. Text files beside
 * the bundle: as strings in a script, all of them would stay in memory twice.
 */
function table(name: TableName): string {
  return fs.readFileSync(path.join(__dirname, '..', 'facts', `${name}.txt`), 'utf8');
}

export const serveNode: Serve = (connection, client, catalogue) => {
  serve(connection, createEngine({ table }), { ...nodeHost, makeRoom }, client, catalogue);
};

/**
 * A stand-in for the Dockerfile extensions that people have: the Dockerfile Language Server, which all of them bring,
 * with a client of a few lines, under the id of one of them.
 */
import { join } from 'node:path';
import { packExtension, root } from './pack.mjs';

const client = `
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
let client;
export async function activate(context) {
  const server = { module: context.asAbsolutePath('server.js'), transport: TransportKind.ipc };
  const options = { documentSelector: [{ language: 'dockerfile' }] };
  client = new LanguageClient('neighbour', 'Neighbour', { run: server, debug: server }, options);
  await client.start();
}
export const deactivate = () => client?.dispose();
`;

/** The checks of that server alone, without a server: the least that an extension for Dockerfiles can be. */
const linter = `
import * as vscode from 'vscode';
import { validate } from 'dockerfile-utils';
export function activate(context) {
  const found = vscode.languages.createDiagnosticCollection('linter');
  const look = (document) => {
    if (document.languageId !== 'dockerfile') return;
    const range = ({ start, end }) => new vscode.Range(start.line, start.character, end.line, end.character);
    found.set(document.uri, validate(document.getText(), {}).map((one) => new vscode.Diagnostic(range(one.range), one.message)));
  };
  context.subscriptions.push(found, vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)));
  vscode.workspace.textDocuments.forEach(look);
}
`;

/** Packs an extension that does nothing: what loading and calling it takes, the host takes for any. */
export function packEmpty() {
  return packExtension({
    manifest: {
      ...{ name: 'empty', publisher: 'stand-in', main: './client.js' },
      activationEvents: ['onLanguage:dockerfile'],
    },
    bundles: { 'client.js': { text: 'export const activate = () => undefined;' } },
  });
}

/** Packs the stand-in (`checks`: its checks alone); returns the path of the .vsix, in a temporary folder. */
export function packNeighbour({ publisher = 'ms-azuretools', name = 'vscode-containers', checks = false } = {}) {
  const server = { entry: join(root, 'node_modules/dockerfile-language-server-nodejs/lib/server.js') };
  return packExtension({
    manifest: { name, publisher, main: './client.js', activationEvents: ['onLanguage:dockerfile'] },
    bundles: { 'client.js': { text: checks ? linter : client }, ...(checks ? {} : { 'server.js': server }) },
  });
}

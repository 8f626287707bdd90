/**
 * A stand-in for the Dockerfile extensions that people have: the Dockerfile Language Server, which all of them bring,
 * with a client of a few lines, under the id of one of them.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const root = new URL('../../..', import.meta.url).pathname;

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

/** Packs the stand-in (`checks`: its checks alone); returns the path of the .vsix, in a temporary folder. */
export function packNeighbour({ publisher = 'ms-azuretools', name = 'vscode-containers', checks = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'stages-neighbour-'));
  const manifest = {
    name,
    publisher,
    version: '0.0.1',
    description: 'A stand-in for tests',
    license: 'MIT',
    engines: { vscode: '^1.91.0' },
    main: './client.js',
    activationEvents: ['onLanguage:dockerfile'],
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'LICENSE'), 'MIT');
  writeFileSync(join(folder, 'README.md'), 'A stand-in for tests.');
  const shared = {
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
    mainFields: ['module', 'main'],
    external: ['vscode'],
  };
  buildSync({
    ...shared,
    stdin: { contents: checks ? linter : client, resolveDir: root },
    outfile: join(folder, 'client.js'),
  });
  if (!checks)
    buildSync({
      ...shared,
      entryPoints: [join(root, 'node_modules/dockerfile-language-server-nodejs/lib/server.js')],
      outfile: join(folder, 'server.js'),
    });
  const file = join(folder, 'neighbour.vsix');
  const pack = ['package', '--no-dependencies', '--allow-missing-repository', '--out', file];
  execFileSync(process.execPath, [join(root, 'node_modules/@vscode/vsce/vsce'), ...pack], {
    cwd: folder,
    stdio: 'pipe',
  });
  return file;
}

/** Wires the features to a connection whose client is known; it decides nothing. */
import { type Connection, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine } from './engine/model/analysis.ts';
import { registerCheckWorkspace } from './features/checkWorkspace.ts';
import { registerAhead } from './features/ahead.ts';
import { registerChooseContext } from './features/chooseContext.ts';
import { registerCodeActions } from './features/codeActions.ts';
import { registerCodeLens } from './features/codeLens.ts';
import { Configuration } from './features/configuration.ts';
import { registerDefinition } from './features/definition.ts';
import { registerDiagnostics } from './features/diagnostics.ts';
import { registerHover } from './features/hover.ts';
import { registerOutline } from './features/outline.ts';
import { registerPreview } from './features/preview.ts';
import { registerReferences } from './features/references.ts';
import { registerRename } from './features/rename.ts';
import { registerReport } from './features/report.ts';
import { registerStatus } from './features/status.ts';
import { registerWatchedFiles } from './features/watchedFiles.ts';
import type { Catalogue } from './host/catalogue.ts';
import type { Client } from './host/client.ts';
import { filesOf } from './host/files/filesOf.ts';
import type { ServerHost } from './host/serverHost.ts';
import { Language } from './host/language.ts';
import { Workspace } from './host/workspace.ts';

/** Serves a client that was answered, until it says `exit`. `catalogue`: of its language, unless that is English. */
export function serve(
  connection: Connection,
  engine: Engine,
  host: ServerHost,
  client: Client,
  catalogue: Catalogue | undefined,
): void {
  const configuration = new Configuration(connection, client);
  const workspace: Workspace = new Workspace({
    engine,
    client,
    language: new Language(catalogue),
    filesOf: filesOf(connection, host, client),
    documents: new TextDocuments(TextDocument),
    fetchSettings: (uri) => configuration.fetch(uri),
    log: (message) => connection.console.error(message),
  });

  configuration.register(workspace);
  registerDiagnostics(connection, workspace);
  registerAhead(workspace);
  registerCodeActions(connection, workspace);
  registerHover(connection, workspace);
  registerCodeLens(connection, workspace);
  registerDefinition(connection, workspace);
  registerReferences(connection, workspace);
  registerRename(connection, workspace);
  registerOutline(connection, workspace);
  registerPreview(connection, workspace);
  registerChooseContext(connection, workspace);
  registerCheckWorkspace(connection, workspace);
  registerReport(connection, workspace);
  registerStatus(connection, workspace);
  registerWatchedFiles(connection, workspace);
  workspace.documents.onDidChangeContent(({ document }) => host.makeRoom?.(document.getText().length));
  // Once, after the first answer: nobody waits for the second one yet. Not where we are switched off.
  let coolDown: (() => void) | undefined;
  workspace.onRefresh((uri) => {
    if (workspace.analysedNow(uri) !== undefined) coolDown ??= host.warmUp(engine);
  });
  connection.onShutdown(() => coolDown?.());
  workspace.documents.listen(connection);
}

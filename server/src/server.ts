/** Wires the features to a connection; it decides nothing. */
import {
  CodeActionKind,
  type Connection,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine } from './engine/model/analysis.ts';
import { registerCheckWorkspace } from './features/checkWorkspace.ts';
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
import { type Client, readClient } from './host/client.ts';
import { filesOf } from './host/files/filesOf.ts';
import type { ServerHost } from './host/serverHost.ts';
import { languageOf } from './host/language.ts';
import { Workspace } from './host/workspace.ts';

/** Serves one client until it says `exit`. */
export function startServer(connection: Connection, engine: Engine, host: ServerHost): void {
  const configuration = new Configuration(connection);
  const log = (message: string): void => connection.console.error(message);
  const workspace: Workspace = new Workspace({
    engine,
    filesOf: filesOf(connection, host, () => workspace.client),
    documents: new TextDocuments(TextDocument),
    fetchSettings: (uri) => configuration.fetch(uri),
    log,
  });

  connection.onInitialize(async (params) => {
    const client = readClient(params);
    await host.prepare?.(client, log);
    workspace.initialize(client, await languageOf(client.locale));
    configuration.initialize(client);
    return initializeResult(client);
  });
  configuration.register(workspace);
  registerDiagnostics(connection, workspace);
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
  // Once, after the first answer: nobody waits for the second one yet. Not where we are switched off.
  let coolDown: (() => void) | undefined;
  workspace.onRefresh((uri) => {
    const analysed = workspace.analysedNow(uri);
    if (analysed === undefined) return;
    host.makeRoom?.(analysed.analysis.file.text.length);
    coolDown ??= host.warmUp(engine);
  });
  connection.onShutdown(() => coolDown?.());
  workspace.documents.listen(connection);
  connection.listen();
}

function initializeResult(client: Client): InitializeResult {
  return {
    serverInfo: { name: 'dockerfile-stages' },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
      hoverProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      documentSymbolProvider: true,
      renameProvider: client.preparesRename ? { prepareProvider: true } : true,
      codeLensProvider: { resolveProvider: true },
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite],
        resolveProvider: client.resolvesEdits,
      },
      ...(client.folderChanges
        ? { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } }
        : {}),
    },
  };
}

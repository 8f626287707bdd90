/** Answers `initialize`; what serves the client then is loaded only after that. It decides nothing. */
import { CodeActionKind, type Connection, type InitializeResult, TextDocumentSyncKind } from 'vscode-languageserver';
import { type Catalogue, catalogueOf } from './host/catalogue.ts';
import { type Client, readClient } from './host/client.ts';

/** Registers all that is asked of a server after `initialize`. `catalogue`: of the client's language, unless that is English. */
export type Serve = (connection: Connection, client: Client, catalogue: Catalogue | undefined) => void;

/** Serves one client until it says `exit`. `prepare` is awaited before the client is answered. */
export function startServer(
  connection: Connection,
  load: () => Serve,
  prepare?: (client: Client, log: (message: string) => void) => Promise<void>,
): void {
  connection.onInitialize(async (params) => {
    const client = readClient(params);
    await prepare?.(client, (message) => connection.console.error(message));
    const catalogue = await catalogueOf(client.locale);
    // A client says this first of all, and nothing else before it was answered (LSP, `initialized`).
    connection.onInitialized(() => load()(connection, client, catalogue));
    return initializeResult(client);
  });
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

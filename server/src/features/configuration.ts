/** Settings and workspace folders, read live. */
import { type Connection, DidChangeConfigurationNotification } from 'vscode-languageserver';
import type { Client } from '../host/client.ts';
import { type HostSettings, readSettings } from '../host/settings.ts';
import type { Workspace } from '../host/workspace.ts';

const section = 'dockerfileStages';

/** Where settings come from: the client asked per document, or what it last pushed. */
export class Configuration {
  private readonly connection: Connection;
  private readonly asks: boolean;
  private pushed: unknown;

  constructor(connection: Connection, client: Client) {
    this.connection = connection;
    this.asks = client.configuration;
    this.pushed = client.initialSettings;
  }

  /** The settings of a document. A client that cannot answer gets the defaults. */
  async fetch(uri: string): Promise<HostSettings> {
    if (!this.asks) return readSettings(this.pushed);
    try {
      return readSettings(await this.connection.workspace.getConfiguration({ scopeUri: uri, section }));
    } catch {
      return readSettings(this.pushed);
    }
  }

  /** Analyses again when settings or workspace folders change. */
  register(workspace: Workspace): void {
    const { client } = workspace;
    if (client.configuration && client.dynamicConfiguration) {
      // An editor that declines tells us nothing of later changes; that is no reason to stop.
      this.connection.client.register(DidChangeConfigurationNotification.type, { section }).catch(() => undefined);
    }
    if (client.folderChanges) {
      this.connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
        workspace.changeFolders(
          added.map((folder) => folder.uri),
          removed.map((folder) => folder.uri),
        ),
      );
    }
    this.connection.onDidChangeConfiguration(({ settings }) => {
      const sent: unknown = settings;
      if (typeof sent === 'object' && sent !== null && section in sent) this.pushed = sent[section];
      workspace.refreshAll();
      // Lenses are asked for again only by a change of the text.
      if (workspace.client.lensRefresh)
        this.connection.sendRequest('workspace/codeLens/refresh').catch(() => undefined);
    });
  }
}

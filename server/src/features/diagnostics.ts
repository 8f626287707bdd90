/** Diagnostics, pushed after each change. */
import type { Connection } from 'vscode-languageserver';
import { toDiagnostic } from '../host/diagnostic.ts';
import type { Workspace } from '../host/workspace.ts';

/** Publishes the findings of a document whenever its analysis is renewed; none for a closed or quiet one. */
export function registerDiagnostics(connection: Connection, workspace: Workspace): void {
  workspace.onRefresh((uri) => {
    const document = workspace.documents.get(uri);
    const current = workspace.analysedNow(uri);
    const diagnostics =
      current?.analysis.findings.map((finding) =>
        toDiagnostic(current.document, finding, workspace.client, workspace.say),
      ) ?? [];
    const version = document === undefined ? {} : { version: document.version };
    // The client may be gone by now.
    connection.sendDiagnostics({ uri, ...version, diagnostics }).catch(() => undefined);
  });
}

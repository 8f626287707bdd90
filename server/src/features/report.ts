/** The text of a report about a wrong split; nothing is sent anywhere. */
import { type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { reportOf } from '../engine/explain/report.ts';
import type { Workspace } from '../host/workspace.ts';

/** Answers `dockerfileStages/report` with Markdown; `null` for a file we say nothing about. */
export function registerReport(connection: Connection, workspace: Workspace): void {
  connection.onRequest(
    'dockerfileStages/report',
    async (params: { readonly uri: string }, token): Promise<string | ResponseError | null> => {
      const current = await workspace.analysed(params.uri);
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      return current === undefined ? null : reportOf(current.analysis, workspace.engine.factsDate);
    },
  );
}

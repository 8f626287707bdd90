/** Renames a stage. */
import { type Connection, LSPErrorCodes, type Range, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import { mentionAt, renaming } from '../engine/explain/stageNames.ts';
import { rangeOf } from '../host/ranges.ts';
import type { Workspace } from '../host/workspace.ts';

/** Answers `textDocument/prepareRename` and `textDocument/rename`; a stage that is meant by a number is renamed at its name. */
export function registerRename(connection: Connection, workspace: Workspace): void {
  connection.onPrepareRename(async ({ textDocument, position }): Promise<Range | null> => {
    const current = await workspace.navigated(textDocument.uri);
    if (current === undefined) return null;
    const mention = mentionAt(current.analysis.file, current.document.offsetAt(position));
    return mention === undefined || mention.kind === 'number' ? null : rangeOf(current.document, mention.span);
  });
  connection.onRenameRequest(
    async ({ textDocument, position, newName }, token): Promise<WorkspaceEdit | ResponseError | null> => {
      const current = await workspace.navigated(textDocument.uri);
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      if (current === undefined) return null;
      const { document, version, analysis } = current;
      const mention = mentionAt(analysis.file, document.offsetAt(position));
      if (mention === undefined || mention.kind === 'number') return null;
      const result = renaming(analysis.file, mention.stage, newName);
      if ('reason' in result) return new ResponseError(LSPErrorCodes.RequestFailed, workspace.say(result.reason));
      const edits = result.edits.map(({ span, newText }) => ({ range: rangeOf(document, span), newText }));
      return workspace.client.documentChanges
        ? { documentChanges: [{ textDocument: { uri: document.uri, version }, edits }] }
        : { changes: { [document.uri]: edits } };
    },
  );
}

/** From a reference to the stage that it means. */
import { type Connection, type Location, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { mentionAt } from '../engine/explain/stageNames.ts';
import { rangeOf } from '../host/ranges.ts';
import type { Workspace } from '../host/workspace.ts';

/** Answers `textDocument/definition` with the name of the stage, or the image it is FROM. */
export function registerDefinition(connection: Connection, workspace: Workspace): void {
  connection.onDefinition(async ({ textDocument, position }, token): Promise<Location | ResponseError | null> => {
    const current = await workspace.navigated(textDocument.uri);
    if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
    if (current === undefined) return null;
    const { document, analysis } = current;
    const mention = mentionAt(analysis.file, document.offsetAt(position));
    const from = mention === undefined ? undefined : analysis.file.stages[mention.stage]?.from;
    return from === undefined
      ? null
      : { uri: document.uri, range: rangeOf(document, (from.alias ?? from.image ?? from).span) };
  });
}

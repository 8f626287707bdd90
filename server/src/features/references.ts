/** Every place that means a stage. */
import { type Connection, type Location, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { mentionAt, mentionsOf } from '../engine/explain/stageNames.ts';
import { rangeOf } from '../host/ranges.ts';
import type { Workspace } from '../host/workspace.ts';

/** Answers `textDocument/references`, by name and by number. */
export function registerReferences(connection: Connection, workspace: Workspace): void {
  connection.onReferences(
    async ({ textDocument, position, context }, token): Promise<Location[] | ResponseError | null> => {
      const current = await workspace.navigated(textDocument.uri);
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      if (current === undefined) return null;
      const { document, analysis } = current;
      const mention = mentionAt(analysis.file, document.offsetAt(position));
      if (mention === undefined) return null;
      return mentionsOf(analysis.file)
        .filter((one) => one.stage === mention.stage && (one.kind !== 'name' || context.includeDeclaration))
        .map((one) => ({ uri: document.uri, range: rangeOf(document, one.span) }));
    },
  );
}

/** The outline: one entry a stage, with its image and what it is for. */
import {
  type Connection,
  type DocumentSymbol,
  LSPErrorCodes,
  ResponseError,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver';
import { roleHeadline } from '../engine/explain/headline.ts';
import { stageRoles } from '../engine/explain/stages.ts';
import { rangeOf } from '../host/ranges.ts';
import type { Analysed, Workspace } from '../host/workspace.ts';

/** Answers `textDocument/documentSymbol`. */
export function registerOutline(connection: Connection, workspace: Workspace): void {
  connection.onDocumentSymbol(
    async ({ textDocument }, token): Promise<DocumentSymbol[] | SymbolInformation[] | ResponseError | null> => {
      const current = await workspace.navigated(textDocument.uri);
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      if (current === undefined) return null;
      const symbols = stages(current, workspace);
      if (workspace.client.symbolTrees) return symbols;
      return symbols.map(({ name, kind, range }) => ({ name, kind, location: { uri: textDocument.uri, range } }));
    },
  );
}

function stages({ document, analysis: { file } }: Analysed, { say }: Workspace): DocumentSymbol[] {
  const roles = stageRoles(file);
  return file.stages.map(({ index, from, name, instructions }) => {
    const { start } = from.span;
    const { end } = (instructions.at(-1) ?? from).span;
    const role = say(roleHeadline(undefined, index, roles[index] ?? 'left-behind')).replace(/^[^:]*: /, '');
    return {
      name: from.alias?.raw ?? say(`stage ${index}`),
      detail: [from.image?.raw ?? '', ...(file.stages.length > 1 ? [role] : [])].join(' · '),
      kind: SymbolKind.Module,
      range: rangeOf(document, { start, end }),
      selectionRange: rangeOf(document, (name === undefined ? (from.image ?? from) : (from.alias ?? from)).span),
    };
  });
}

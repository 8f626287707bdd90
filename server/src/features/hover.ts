/** Hovers: what a stage, a base or a build tool means for this file. */
import { type Connection, type Hover, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { rangeOf } from '../host/ranges.ts';
import type { Workspace } from '../host/workspace.ts';

/** Answers `textDocument/hover` with what the engine says at the position. */
export function registerHover(connection: Connection, workspace: Workspace): void {
  connection.onHover(async (params, token): Promise<Hover | ResponseError | null> => {
    const current = await workspace.analysed(params.textDocument.uri);
    if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
    if (current === undefined) return null;
    const hover = workspace.engine.hover(current.analysis, current.document.offsetAt(params.position));
    if (hover === undefined) return null;
    const kind = workspace.client.markdownHover ? 'markdown' : 'plaintext';
    return { contents: { kind, value: workspace.say(hover.markdown) }, range: rangeOf(current.document, hover.span) };
  });
}

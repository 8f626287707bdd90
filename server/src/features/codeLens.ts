/** Code lenses: what a file ships only to build, and what each stage of a finished file is for. */
import { type CodeLens, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { roleHeadline, splitHeadline } from '../engine/explain/headline.ts';
import { stageRoles } from '../engine/explain/stages.ts';
import { rangeOf } from '../host/ranges.ts';
import type { Analysed, Workspace } from '../host/workspace.ts';

/** Travels to the editor and back: the lens of a split gets its title when it comes into view. */
interface LensData {
  readonly uri: string;
  readonly version: number;
}

/** Answers `textDocument/codeLens` and `codeLens/resolve`. */
export function registerCodeLens(connection: Connection, workspace: Workspace): void {
  connection.onCodeLens(async ({ textDocument }, token) => {
    const current = await workspace.analysed(textDocument.uri);
    if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
    return current === undefined ? null : lenses(current, workspace);
  });
  connection.onCodeLensResolve(async (lens): Promise<CodeLens | ResponseError> => {
    if (!isLensData(lens.data)) return lens;
    const current = await workspace.analysed(lens.data.uri);
    if (current?.version !== lens.data.version) return new ResponseError(LSPErrorCodes.ContentModified, 'Changed.');
    const { best } = current.analysis;
    const title = workspace.say(best === undefined ? 'No split could be proved' : splitHeadline(best));
    const command = best === undefined ? explainCommand : previewCommand;
    // An editor that does not know our commands shows the title alone.
    const known = workspace.client.commands ? command : '';
    return { ...lens, command: { title, command: known, arguments: [lens.data.uri] } };
  });
}

const previewCommand = 'dockerfileStages.previewSplit';
const explainCommand = 'dockerfileStages.explain';

function lenses({ analysis, document, version, settings }: Analysed, { say }: Workspace): CodeLens[] {
  const { file } = analysis;
  const last = file.stages[file.stages.length - 1];
  if (last === undefined) return [];
  if (file.stages.length === 1) {
    const offered = settings.codeLens.split && analysis.findings.some((finding) => finding.solvedBySplit);
    const data: LensData = { uri: document.uri, version };
    return offered ? [{ range: rangeOf(document, last.from.span), data }] : [];
  }
  if (!settings.codeLens.stages) return [];
  const roles = stageRoles(file);
  return file.stages.map((stage, index) => ({
    range: rangeOf(document, stage.from.span),
    command: { title: say(roleHeadline(stage.name, index, roles[index] ?? 'left-behind')), command: '' },
  }));
}

function isLensData(data: unknown): data is LensData {
  if (typeof data !== 'object' || data === null) return false;
  const { uri, version } = data as Partial<Record<keyof LensData, unknown>>;
  return typeof uri === 'string' && typeof version === 'number';
}

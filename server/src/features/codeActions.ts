/**
 * Code actions: one for each tier of a split, and the own fixes of findings.
 * Never part of fix-all or on-save kinds: a split is read before it is applied.
 */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Connection,
  LSPErrorCodes,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { silencing } from '../engine/findings/suppress.ts';
import { steeringOffers } from '../engine/explain/steering.ts';
import type { Finding, TextEdit, TierOutcome } from '../engine/model/analysis.ts';
import type { Span } from '../engine/model/span.ts';
import { toDiagnostic } from '../host/diagnostic.ts';
import { source } from '../host/links.ts';
import { rangeOf } from '../host/ranges.ts';
import type { Analysed, Workspace } from '../host/workspace.ts';

/** Travels to the editor and back with an action whose edit comes on resolve. */
interface ActionData {
  readonly uri: string;
  readonly version: number;
  /** A tier, or the place of a finding in the list of findings. */
  readonly what:
    | { readonly tier: string }
    | { readonly finding: number }
    | { readonly ignore: number }
    | { readonly steer: string };
}

/** Answers `textDocument/codeAction` and `codeAction/resolve`. */
export function registerCodeActions(connection: Connection, workspace: Workspace): void {
  connection.onCodeAction(async (params, token) => {
    const current = await workspace.analysed(params.textDocument.uri);
    if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
    if (current === undefined || !workspace.client.codeActionLiterals) return null;
    return offered(current, params, workspace);
  });
  connection.onCodeActionResolve(async (action, token): Promise<CodeAction | ResponseError> => {
    if (!isActionData(action.data)) return action;
    const current = await workspace.analysed(action.data.uri);
    if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
    const edits = current?.version === action.data.version ? editsOf(current, action.data) : undefined;
    if (current === undefined || edits === undefined) {
      return new ResponseError(
        LSPErrorCodes.ContentModified,
        workspace.say('The document has changed since the action was offered.'),
      );
    }
    return { ...action, edit: workspaceEdit(current, edits, workspace) };
  });
}

function offered(current: Analysed, params: CodeActionParams, workspace: Workspace): CodeAction[] {
  const { analysis } = current;
  const touched = analysis.findings.filter((finding) => isTouched(current, finding, params));
  const solved = touched.filter((finding) => finding.solvedBySplit);
  const quickFix = wants(params, CodeActionKind.QuickFix);
  const rewrite = wants(params, CodeActionKind.RefactorRewrite);
  const actions: CodeAction[] = [];
  for (const outcome of analysis.tiers) {
    // One action for each tier: the quick fix stands for the refactoring where both were asked for.
    if (quickFix && solved.length > 0 && outcome.split !== undefined) {
      const diagnostics = solved.map((finding) =>
        toDiagnostic(current.document, finding, workspace.client, workspace.say),
      );
      actions.push({ ...splitAction(current, outcome, workspace), kind: CodeActionKind.QuickFix, diagnostics });
    } else if (rewrite && outcome.split !== undefined) {
      actions.push({ ...splitAction(current, outcome, workspace), kind: CodeActionKind.RefactorRewrite });
    } else if (rewrite && isRefusal(current) && workspace.client.disabledActions) {
      actions.push(disabledAction(outcome, workspace));
    }
  }
  if (rewrite) actions.push(...steerings(current, params, workspace));
  return quickFix
    ? [...actions, ...ownFixes(current, touched, workspace), ...silencers(current, touched, workspace)]
    : actions;
}

function splitAction(current: Analysed, outcome: TierOutcome, workspace: Workspace): CodeAction {
  const action = withEdit(current, { title: workspace.say(outcome.title) }, { tier: outcome.tier }, workspace);
  return outcome.split?.preferred === true && workspace.client.preferredActions
    ? { ...action, isPreferred: true }
    : action;
}

function disabledAction(outcome: TierOutcome, workspace: Workspace): CodeAction {
  const reason = outcome.reasons.map((cause) => workspace.say(cause.message)).join(' ');
  return { title: workspace.say(outcome.title), kind: CodeActionKind.RefactorRewrite, disabled: { reason } };
}

function ownFixes(current: Analysed, touched: readonly Finding[], workspace: Workspace): CodeAction[] {
  return touched.flatMap((finding) => {
    if (finding.fix === undefined) return [];
    const head = {
      title: workspace.say(finding.fix.title),
      kind: CodeActionKind.QuickFix,
      diagnostics: [toDiagnostic(current.document, finding, workspace.client, workspace.say)],
    };
    return [withEdit(current, head, { finding: current.analysis.findings.indexOf(finding) }, workspace)];
  });
}

/** Comments that settle a doubt where the cursor is: keep a package, let it go, vouch for an assumption. */
function steerings(current: Analysed, params: CodeActionParams, workspace: Workspace): CodeAction[] {
  return steeringOffers(current.analysis)
    .filter(({ span }) => touches(current, span, params))
    .map(({ title }) =>
      withEdit(
        current,
        { title: workspace.say(title), kind: CodeActionKind.RefactorRewrite },
        { steer: title },
        workspace,
      ),
    );
}

/** Last in the list: a comment that silences the finding, one for each code. */
function silencers(current: Analysed, touched: readonly Finding[], workspace: Workspace): CodeAction[] {
  const codes = new Set<string>();
  return touched.flatMap((finding) => {
    if (codes.has(finding.code)) return [];
    codes.add(finding.code);
    const head = {
      title: workspace.say(`Ignore ${finding.code} for this instruction`),
      kind: CodeActionKind.QuickFix,
      diagnostics: [toDiagnostic(current.document, finding, workspace.client, workspace.say)],
    };
    return [withEdit(current, head, { ignore: current.analysis.findings.indexOf(finding) }, workspace)];
  });
}

/** The edit inline, or data from which it is made on resolve. */
function withEdit(current: Analysed, head: CodeAction, what: ActionData['what'], workspace: Workspace): CodeAction {
  const data: ActionData = { uri: current.document.uri, version: current.version, what };
  if (workspace.client.resolvesEdits) return { ...head, data };
  const edits = editsOf(current, data);
  return edits === undefined ? head : { ...head, edit: workspaceEdit(current, edits, workspace) };
}

function editsOf({ analysis }: Analysed, { what }: ActionData): readonly TextEdit[] | undefined {
  if ('tier' in what) return analysis.tiers.find((outcome) => outcome.tier === what.tier)?.split?.edits;
  if ('steer' in what) {
    const offer = steeringOffers(analysis).find(({ title }) => title === what.steer);
    return offer === undefined ? undefined : [offer.edit];
  }
  if ('finding' in what) return analysis.findings[what.finding]?.fix?.edits;
  const finding = analysis.findings[what.ignore];
  const edit = finding === undefined ? undefined : silencing(analysis.file, finding);
  return edit === undefined ? undefined : [edit];
}

function workspaceEdit(current: Analysed, edits: readonly TextEdit[], workspace: Workspace): WorkspaceEdit {
  const { document, version } = current;
  const changes = edits.map((edit) => ({ range: rangeOf(document, edit.span), newText: edit.newText }));
  return workspace.client.documentChanges
    ? { documentChanges: [{ textDocument: { uri: document.uri, version }, edits: changes }] }
    : { changes: { [document.uri]: changes } };
}

/** Refused tiers are shown where a split was sought in earnest; elsewhere we are quiet. */
function isRefusal({ analysis }: Analysed): boolean {
  return analysis.status === 'refused' || analysis.status === 'split';
}

/** True when the request covers a kind: everything if it names none. Kinds are hierarchical. */
function wants(params: CodeActionParams, kind: string): boolean {
  const only = params.context.only;
  return only === undefined || only.some((asked) => asked === '' || kind === asked || kind.startsWith(`${asked}.`));
}

function touches({ document }: Analysed, span: Span, { range }: CodeActionParams): boolean {
  return span.start <= document.offsetAt(range.end) && document.offsetAt(range.start) <= span.end;
}

function isTouched(current: Analysed, finding: Finding, params: CodeActionParams): boolean {
  if (touches(current, finding.span, params)) return true;
  return params.context.diagnostics.some(
    (diagnostic) =>
      diagnostic.source === source &&
      diagnostic.code === finding.code &&
      current.document.offsetAt(diagnostic.range.start) === finding.span.start,
  );
}

function isActionData(data: unknown): data is ActionData {
  if (typeof data !== 'object' || data === null) return false;
  const { uri, version, what } = data as Partial<Record<keyof ActionData, unknown>>;
  return typeof uri === 'string' && typeof version === 'number' && typeof what === 'object' && what !== null;
}

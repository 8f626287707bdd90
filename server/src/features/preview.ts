/** The split as a text of its own with the reasons beside it, for a diff editor. */
import { type Connection, LSPErrorCodes, ResponseError, type TextEdit } from 'vscode-languageserver';
import type { ItemSummary, Split } from '../engine/model/analysis.ts';
import { targetNotes } from '../host/builds/targets.ts';
import { rangeOf } from '../host/ranges.ts';
import type { Analysed, Workspace } from '../host/workspace.ts';

interface SplitParams {
  readonly uri: string;
  /** Without a tier: the best split. */
  readonly tier?: string;
}

/** A reason, with its zero-based line in the original. */
interface NoteAnswer {
  readonly what: string;
  readonly why: string;
  readonly line: number;
}

/** Answer of `dockerfileStages/preview`. */
interface PreviewAnswer {
  readonly version: number;
  readonly tier: string;
  readonly title: string;
  readonly text: string;
  readonly savedMB: number | null;
  readonly edits: readonly TextEdit[];
  readonly left: readonly NoteAnswer[];
  readonly kept: readonly NoteAnswer[];
  readonly assumed: readonly NoteAnswer[];
  /** Copies by the zero-based line of the result. */
  readonly copies: readonly NoteAnswer[];
  /** Sentences about files that build a stage by its name. */
  readonly targets: readonly string[];
  /** Every split that is offered, in order. */
  readonly tiers: readonly { readonly tier: string; readonly title: string }[];
}

/** Answer when there is no split: why. */
interface NoPreview {
  readonly reason: string;
}

/** Answers `dockerfileStages/preview` with a proved split, or the reason why there is none. */
export function registerPreview(connection: Connection, workspace: Workspace): void {
  connection.onRequest(
    'dockerfileStages/preview',
    async (params: SplitParams, token): Promise<PreviewAnswer | NoPreview | ResponseError> => {
      const current = await workspace.analysed(params.uri);
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      if (current === undefined) return { reason: workspace.say('Nothing is offered for this file.') };
      const { analysis } = current;
      const split =
        params.tier === undefined
          ? analysis.best
          : analysis.tiers.find((outcome) => outcome.tier === params.tier)?.split;
      if (split === undefined)
        return { reason: workspace.say(analysis.reasons[0]?.message ?? 'There is nothing to split in this file.') };
      return preview(current, split, workspace);
    },
  );
}

function preview({ document, version, analysis }: Analysed, split: Split, workspace: Workspace): PreviewAnswer {
  const { say } = workspace;
  const note = (item: ItemSummary): NoteAnswer => ({
    what: say(item.what),
    why: say(item.why),
    line: document.positionAt(item.span.start).line,
  });
  const lines = split.text.split('\n');
  return {
    version,
    tier: split.tier,
    title: say(split.title),
    text: split.text,
    savedMB: split.savedMB ?? null,
    edits: split.edits.map((edit) => ({ range: rangeOf(document, edit.span), newText: edit.newText })),
    left: split.leftBehind.map(note),
    kept: split.kept.map(note),
    assumed: split.assumptions.map(note),
    copies: split.copies.map((copy) => ({
      what: copy.source,
      why: say(copy.why),
      line: lines.findIndex((line) => line.includes(`--from=${copy.from}`) && line.includes(copy.source)),
    })),
    targets: targetNotes(workspace.contextOf(document.uri)?.builds ?? [], split).map(say),
    tiers: analysis.tiers.flatMap(({ tier, title, split: own }) =>
      own === undefined ? [] : [{ tier, title: say(title) }],
    ),
  };
}

/** The JSON objects of `split` and `explain` (design, section 7): lines are 1-based. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type {
  AssumptionSummary,
  CopySummary,
  ItemSummary,
  Reason,
  Split,
  StageSummary,
  Status,
  Tier,
  TierOutcome,
} from '../engine/model/analysis.ts';
import type { Span } from '../engine/model/span.ts';
import { notText } from './source.ts';

export interface ItemReport {
  readonly what: string;
  readonly why: string;
  readonly line: number;
}
export interface ReasonReport {
  readonly code: string;
  readonly message: string;
  readonly line: number;
}
export interface SplitReport {
  readonly status: Status;
  readonly tier: Tier | null;
  readonly text?: string;
  readonly stages: readonly StageSummary[];
  readonly copies: readonly CopySummary[];
  readonly leftBehind: readonly ItemReport[];
  readonly kept: readonly ItemReport[];
  readonly assumptions: readonly (ItemReport & { readonly kind: string })[];
  readonly reasons: readonly ReasonReport[];
  readonly tiers: readonly {
    readonly tier: Tier;
    readonly offered: boolean;
    readonly reasons: readonly ReasonReport[];
  }[];
}

/** The report of a split, or of its absence when `split` is undefined. */
export function splitReport(
  document: TextDocument,
  status: Status,
  split: Split | undefined,
  reasons: readonly Reason[],
  tiers: readonly TierOutcome[],
): SplitReport {
  const item = ({ what, why, span }: ItemSummary): ItemReport => ({ what, why, line: lineOf(document, span) });
  const assumption = (summary: AssumptionSummary) => ({ kind: summary.kind, ...item(summary) });
  return {
    status,
    tier: split?.tier ?? null,
    ...(split === undefined ? {} : { text: split.text }),
    stages: split?.stages ?? [],
    copies: split?.copies ?? [],
    leftBehind: split?.leftBehind.map(item) ?? [],
    kept: split?.kept.map(item) ?? [],
    assumptions: split?.assumptions.map(assumption) ?? [],
    reasons: reasons.map((reason) => reasonReport(document, reason)),
    tiers: tiers.map((outcome) => ({
      tier: outcome.tier,
      offered: outcome.split !== undefined,
      reasons: outcome.reasons.map((reason) => reasonReport(document, reason)),
    })),
  };
}

/** The report of a file that is not text. */
export function notTextReport(): SplitReport {
  const nothing = { tier: null, stages: [], copies: [], leftBehind: [], kept: [], assumptions: [], tiers: [] };
  return { status: 'invalid', ...nothing, reasons: [{ ...notText, line: 1 }] };
}

/** The 1-based line of a span; what is said of the whole file stands at its first line. */
export function lineOf(document: TextDocument, span: Span | undefined): number {
  return span === undefined ? 1 : document.positionAt(span.start).line + 1;
}

function reasonReport(document: TextDocument, { code, message, span }: Reason): ReasonReport {
  return { code, message, line: lineOf(document, span) };
}

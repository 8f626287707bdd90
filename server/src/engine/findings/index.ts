/** Diagnostics on the exact words, printed from the same decisions as the split. */
import { FINDINGS, type FindingCode } from '../messages/findings.ts';
import { fill } from '../messages/registry.ts';
import type { EngineSettings, Finding, Reason, Severity, TierOutcome } from '../model/analysis.ts';
import type { Span } from '../model/span.ts';

export interface FindingInput {
  readonly tiers: readonly TierOutcome[];
  readonly refused: readonly Reason[];
  readonly settings: EngineSettings;
  /** The base image: what it is called and where it stands. */
  readonly base: { readonly ref: string; readonly span: Span };
  /** The base that a split would run on, and how much smaller it is. */
  readonly counterpart: { readonly ref: string; readonly savedMB: number | undefined } | undefined;
  /** Packages that leave, by the plan for the same base. */
  readonly packages: readonly { readonly name: string; readonly span: Span; readonly sizeMB: number | undefined }[];
}

/** The diagnostics of a single-stage file. */
export function findingsOf(input: FindingInput): Finding[] {
  const out: Finding[] = [];
  const split = input.tiers.some((tier) => tier.split !== undefined);
  const put = (code: FindingCode, span: Span, values: Readonly<Record<string, string>>, solved: boolean, lowered = false): void => {
    const own = FINDINGS[code];
    const stated = input.settings.severities[code];
    const severity: Severity | 'off' = stated ?? (lowered && own.severity === 'warning' ? 'information' : own.severity);
    if (severity === 'off') return;
    out.push({ code, severity, message: fill(own.text, values), span, related: [], solvedBySplit: solved });
  };
  if (input.counterpart !== undefined) {
    put('full-base-image', input.base.span, { base: input.base.ref, counterpart: input.counterpart.ref, size: size(input.counterpart.savedMB) }, split, !split);
  }
  for (const one of input.packages) put('build-package', one.span, { name: one.name, size: size(one.sizeMB) }, split, !split);
  if (!split) for (const reason of input.refused) put('split-refused', reason.span ?? input.base.span, { reason: reason.message }, false);
  return out;
}

function size(megabytes: number | undefined): string {
  return megabytes === undefined || megabytes < 1 ? '' : ` (about ${Math.round(megabytes)} MB)`;
}

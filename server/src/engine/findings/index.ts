/** Diagnostics on the exact words, printed from the same decisions as the split. */
import type { Decision } from '../decide.ts';
import type { Facts } from '../facts/index.ts';
import { FINDINGS, type FindingCode } from '../messages/findings.ts';
import { fill } from '../messages/registry.ts';
import type { EngineSettings, Finding, Severity } from '../model/analysis.ts';
import type { Span } from '../model/span.ts';
import { sizeText } from './size.ts';

/** The diagnostics of a single-stage file: what the plans would leave behind, and why there is no plan. */
export function findingsOf(
  { input, tiers }: Extract<Decision, { kind: 'planned' }>,
  settings: EngineSettings,
  facts: Facts,
): Finding[] {
  const out: Finding[] = [];
  const planned = tiers.some((tier) => tier.plan !== undefined);
  const { root } = input.state;
  const put = (code: FindingCode, span: Span, values: Readonly<Record<string, string>>, solved: boolean): void => {
    const own = FINDINGS[code];
    const severity: Severity | 'off' = settings.severities[code] ?? own.severity;
    if (severity === 'off') return;
    out.push({ code, severity, message: fill(own.text, values), span, related: [], solvedBySplit: solved });
  };
  const slim = tiers.find((tier) => tier.plan !== undefined && tier.base.counterpart !== undefined);
  if (slim?.plan !== undefined)
    put(
      'full-base-image',
      root.span,
      { base: root.ref, counterpart: slim.base.ref, size: sizeText(slim.plan.savedMB) },
      true,
    );
  const index = root.facts === undefined ? undefined : facts.packageIndex(root.facts.os)?.index;
  const seen = new Set<string>();
  for (const tier of tiers) {
    for (const one of tier.plan?.left ?? []) {
      const key = `${one.what} ${one.span.start}`;
      // A directory is no package: what was installed there is named by itself.
      if (one.what === root.ref || one.what.startsWith('/') || seen.has(key)) continue;
      seen.add(key);
      if (one.layer === true) {
        put('deleted-later', one.span, { name: one.what }, true);
        continue;
      }
      const kilobytes = index?.get(one.what)?.installedKB;
      put(
        'build-package',
        one.span,
        { name: one.what, size: sizeText(kilobytes === undefined ? undefined : kilobytes / 1024) },
        true,
      );
    }
  }
  if (!planned)
    for (const reason of tiers.flatMap((tier) => tier.refused))
      put('split-refused', reason.span ?? root.span, { reason: reason.message }, false);
  return out.sort((a, b) => a.span.start - b.span.start || a.code.localeCompare(b.code));
}

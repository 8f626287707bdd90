/** A report in words, for `split` (on stderr) and `explain` (on stdout). */
import type { Status } from '../engine/model/analysis.ts';
import type { ItemReport, ReasonReport, SplitReport } from './report.ts';

const headlines: Readonly<Record<Status, string>> = {
  split: 'can be split',
  refused: 'is not split',
  'nothing-to-gain': 'is left as it is',
  'already-multi-stage': 'has several stages already',
  invalid: 'cannot be parsed',
};

/** Lines, the last of them empty so that the text ends in a line end. */
export function summaryLines(report: SplitReport, name: string): readonly string[] {
  const tier = report.tier === null ? '' : ` (tier ${report.tier})`;
  return [
    `${name}: ${headlines[report.status]}${tier}`,
    ...report.stages.map((stage) => `  stage ${stage.name} (${stage.role}) from ${stage.base}`),
    ...report.copies.map((copy) => `  copied from ${copy.from}: ${copy.source} (${copy.why})`),
    ...items('left behind', report.leftBehind),
    ...items('kept', report.kept),
    ...report.assumptions.map((item) => `  assumed (${item.kind}), line ${item.line}: ${item.what} (${item.why})`),
    ...report.reasons.map((reason) => `  ${reasonLine(reason)}`),
    '',
  ];
}

/** One line for each tier and why it is not offered. */
export function tierLines(report: SplitReport): readonly string[] {
  return report.tiers.flatMap(({ tier, offered, reasons }) => [
    `  tier ${tier}: ${offered ? 'offered' : 'not offered'}`,
    ...(offered ? [] : reasons.map((reason) => `    ${reasonLine(reason)}`)),
  ]);
}

function items(verb: string, list: readonly ItemReport[]): string[] {
  return list.map((item) => `  ${verb}, line ${item.line}: ${item.what} (${item.why})`);
}

function reasonLine(reason: ReasonReport): string {
  return `line ${reason.line}: ${reason.message} [${reason.code}]`;
}

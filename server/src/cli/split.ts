/** `split FILE`: prints, writes or compares the file with its stages. */
import { createTwoFilesPatch } from 'diff';
import { reason } from '../engine/messages/refusals.ts';
import type { Analysis, Reason, Split, Status, Tier } from '../engine/model/analysis.ts';
import { targetNotes } from '../host/builds/targets.ts';
import type { ExitCode, Io } from './io.ts';
import { choice, contextOption, files, parseOptions, settingsOf } from './options.ts';
import { notTextReport, type SplitReport, splitReport } from './report.ts';
import { analyseSource, isText, readSource } from './source.ts';
import { summaryLines } from './summary.ts';
import { UsageError } from './usage.ts';
import { replaceFile } from './write.ts';

/** Exit status 1 for a refusal and for a file that BuildKit could not parse. */
export async function split(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, {
    context: { type: 'string' },
    tier: { type: 'string' },
    strict: { type: 'boolean' },
    'copies-as-root': { type: 'boolean' },
    write: { type: 'boolean' },
    diff: { type: 'boolean' },
    format: { type: 'string' },
  });
  const [name = ''] = files(positionals, ['FILE']);
  const format = choice(values, 'format', ['text', 'json']);
  const tier = values['tier'] === undefined ? undefined : choice<Tier>(values, 'tier', ['same', 'slim', 'distroless']);
  const modes = ['write', 'diff'].filter((mode) => values[mode] === true);
  if (format === 'json') modes.push('format json');
  if (modes.length > 1) throw new UsageError(`--${modes.join(' and --')} exclude each other`);
  const context = await contextOption(values, io.cwd);

  const source = readSource(name, io.cwd);
  if (!isText(source)) return print(notTextReport(), format, name, io);
  const { analysis, document, path, context: located } = analyseSource(source, context, io, settingsOf(values));
  const chosen = choose(analysis, tier, values['strict'] === true);
  const report = splitReport(document, chosen.status, chosen.split, chosen.reasons, analysis.tiers);
  if (format === 'json' || chosen.split === undefined) return print(report, format, name, io);
  if (values['write'] === true) {
    replaceFile(path, chosen.split.text);
  } else if (values['diff'] === true) {
    io.stdout(createTwoFilesPatch(name, name, source.text, chosen.split.text, '', '', { context: 3 }));
  } else {
    io.stdout(chosen.split.text);
  }
  const targets = targetNotes(located?.builds ?? [], chosen.split).map((note) => `  ${note}\n`);
  io.stderr(summaryLines(report, name).join('\n') + targets.join(''));
  return 0;
}

interface Choice {
  readonly status: Status;
  readonly split: Split | undefined;
  readonly reasons: readonly Reason[];
}

/** The split that was asked for: of a tier, and with `--strict` only one that assumes nothing. */
function choose(analysis: Analysis, tier: Tier | undefined, strict: boolean): Choice {
  if (analysis.status !== 'split') return { status: analysis.status, split: undefined, reasons: analysis.reasons };
  const outcome = analysis.tiers.find((candidate) => candidate.tier === tier);
  const split = tier === undefined ? analysis.best : outcome?.split;
  if (split === undefined) {
    const reasons = outcome?.reasons ?? [reason('tier-not-offered', undefined, { tier: tier ?? '' })];
    return { status: 'refused', split: undefined, reasons };
  }
  const [assumption] = split.assumptions;
  if (strict && assumption !== undefined) {
    const kinds = [...new Set(split.assumptions.map(({ kind }) => kind))].join(', ');
    return { status: 'refused', split: undefined, reasons: [reason('strict', assumption.span, { kinds })] };
  }
  return { status: 'split', split, reasons: analysis.reasons };
}

/** Prints a report that is not a new file. */
function print(report: SplitReport, format: 'text' | 'json', name: string, io: Io): ExitCode {
  if (format === 'json') io.stdout(`${JSON.stringify(report, null, 2)}\n`);
  else io.stderr(summaryLines(report, name).join('\n'));
  return report.status === 'refused' || report.status === 'invalid' ? 1 : 0;
}

/** `explain FILE`: what a split would do, or why there is none. */
import type { ExitCode, Io } from './io.ts';
import { choice, contextOption, files, parseOptions } from './options.ts';
import { findingReports, type FindingReport } from './findings.ts';
import { notTextReport, splitReport } from './report.ts';
import { analyseSource, isText, readSource } from './source.ts';
import { summaryLines, tierLines } from './summary.ts';

/** Exit status 1 only for a file that BuildKit could not parse: a refusal that is explained is fine. */
export async function explain(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, { context: { type: 'string' }, format: { type: 'string' } });
  const [name = ''] = files(positionals, ['FILE']);
  const format = choice(values, 'format', ['text', 'json']);
  const context = await contextOption(values, io.cwd);

  const source = readSource(name, io.cwd);
  let report = notTextReport();
  let diagnostics: readonly FindingReport[] = [];
  if (isText(source)) {
    const { analysis, document } = analyseSource(source, context, io);
    report = splitReport(document, analysis.status, analysis.best, analysis.reasons, analysis.tiers);
    diagnostics = findingReports(document, analysis);
  }
  if (format === 'json') {
    io.stdout(`${JSON.stringify({ ...report, diagnostics }, null, 2)}\n`);
  } else {
    const findings = diagnostics.map(
      ({ range, message, code }) => `  line ${range.start.line + 1}: ${message} [${code}]`,
    );
    io.stdout([...summaryLines(report, name).slice(0, -1), ...tierLines(report), ...findings, ''].join('\n'));
  }
  return report.status === 'invalid' ? 1 : 0;
}

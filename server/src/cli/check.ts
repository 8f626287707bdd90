/** `check [PATH...]`: the findings of every Dockerfile, for continuous integration. */
import type { Severity } from '../engine/model/analysis.ts';
import { type CheckedFile, type CheckFormat, checkFormats } from './checkFormats.ts';
import { findingReports } from './findings.ts';
import type { ExitCode, Io } from './io.ts';
import { choice, contextOption, parseOptions } from './options.ts';
import { analyseSource, isText, notText, readSource } from './source.ts';
import { UsageError } from './usage.ts';
import { findDockerfiles } from './walk.ts';

const bySeverity: readonly [Severity, ...Severity[]] = ['hint', 'information', 'warning', 'error'];

/** Exit status 1 for a finding of at least `--fail-on` (any, by default) and for a file that BuildKit could not parse. */
export async function check(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, {
    context: { type: 'string' },
    'fail-on': { type: 'string' },
    format: { type: 'string' },
  });
  const failOn = bySeverity.indexOf(choice(values, 'fail-on', bySeverity));
  const format = choice<CheckFormat>(values, 'format', ['text', 'json', 'sarif', 'github']);
  const context = await contextOption(values, io.cwd);

  const checked: CheckedFile[] = [];
  let unreadable = false;
  for (const path of positionals.length === 0 ? ['.'] : positionals) {
    try {
      for (const name of findDockerfiles(path, io.cwd)) checked.push(checkFile(name, context, io));
    } catch (error) {
      // The other files still get their answer.
      if (!(error instanceof UsageError)) throw error;
      io.stderr(`dockerfile-stages: ${error.message}\n`);
      unreadable = true;
    }
  }
  io.stdout(checkFormats[format](checked, io.version));
  if (unreadable) return 2;
  const failed = checked.some(
    (file) =>
      file.status === 'invalid' || file.diagnostics.some((finding) => bySeverity.indexOf(finding.severity) >= failOn),
  );
  return failed ? 1 : 0;
}

function checkFile(name: string, context: string | undefined, io: Io): CheckedFile {
  const source = readSource(name, io.cwd);
  if (!isText(source)) {
    const start = { line: 0, character: 0 };
    return {
      file: name,
      status: 'invalid',
      diagnostics: [{ ...notText, severity: 'error', range: { start, end: start } }],
    };
  }
  const { analysis, document } = analyseSource(source, context, io);
  return { file: name, status: analysis.status, diagnostics: findingReports(document, analysis) };
}

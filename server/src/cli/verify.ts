/** `verify ORIGINAL RESULT`: judges a split, hand-made ones too. */
import type { EngineSettings, Violation } from '../engine/model/analysis.ts';
import type { ExitCode, Io } from './io.ts';
import { choice, contextOption, files, parseOptions, settingsOf } from './options.ts';
import { lineOf } from './report.ts';
import { analyseSource, isText, notText, readSource } from './source.ts';

interface ViolationReport {
  readonly rule: string;
  readonly class: Violation['class'];
  readonly message: string;
  readonly line: number;
}

/** Exit status 1 for any violation, of style too. */
export async function verify(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, {
    context: { type: 'string' },
    'copies-as-root': { type: 'boolean' },
    format: { type: 'string' },
  });
  const [originalName = '', resultName = ''] = files(positionals, ['ORIGINAL', 'RESULT']);
  const format = choice(values, 'format', ['text', 'json']);
  const violations = await judge(originalName, resultName, await contextOption(values, io.cwd), settingsOf(values), io);
  if (format === 'json') {
    io.stdout(`${JSON.stringify({ violations: violations.map((violation) => report(violation)) }, null, 2)}\n`);
  } else {
    const lines = violations.map(
      ({ name, line, class: kind, message, rule }) => `${name}:${line}: ${kind}: ${message} [${rule}]`,
    );
    io.stdout([...lines, `${violations.length} violation${violations.length === 1 ? '' : 's'}`, ''].join('\n'));
  }
  return violations.length === 0 ? 0 : 1;
}

async function judge(
  originalName: string,
  resultName: string,
  context: string | undefined,
  settings: EngineSettings,
  io: Io,
): Promise<readonly (ViolationReport & { readonly name: string })[]> {
  const original = readSource(originalName, io.cwd);
  const result = readSource(resultName, io.cwd);
  if (!isText(original) || !isText(result)) {
    const name = isText(original) ? resultName : originalName;
    return [{ name, rule: notText.code, class: 'breaks', message: notText.message, line: 1 }];
  }
  // The verifier has no wants of its own: the analyses load the files of the context it may ask for.
  const before = analyseSource(original, context, io);
  const after = analyseSource(result, context, io);
  await before.context?.current?.load(after.analysis.wants);
  return io
    .engine()
    .verify(original.text, result.text, before.context?.current, settings)
    .map(({ rule, class: kind, message, in: where, span }) => {
      const place = where === 'result' ? after : before;
      return { name: place.name, rule, class: kind, message, line: lineOf(place.document, span) };
    });
}

function report({ rule, class: kind, message, line }: ViolationReport): ViolationReport {
  return { rule, class: kind, message, line };
}

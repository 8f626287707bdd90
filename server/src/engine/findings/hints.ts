/**
 * What can be said where no split is: a compiler that nothing uses, with a fix of
 * its own that the verifier has found no fault with. Without such a fix, or where
 * somebody has to guess what the container runs, nothing is said.
 */
import { isCompiler } from '../assess/tools.ts';
import { editsOf } from '../emit/index.ts';
import { FINDINGS, type FindingCode } from '../messages/findings.ts';
import { fill } from '../messages/registry.ts';
import type { Finding, Severity } from '../model/analysis.ts';
import { baseName } from '../model/path.ts';
import type { RunInstruction } from '../model/dockerfile.ts';
import { cutRun } from '../parse/cut.ts';
import { parseDockerfile } from '../parse/dockerfile.ts';
import { isCuttable } from '../plan/chains.ts';
import type { PlanInput } from '../plan/types.ts';
import { simulate } from '../simulate/index.ts';
import { verify } from '../verify/index.ts';
import { sizeText } from './size.ts';

/** The hints of a file in which nothing uses the build tools. */
export function unusedTools(input: PlanInput): Finding[] {
  const severity = severityOf(input, 'unused-build-package');
  if (severity === 'off' || !isUnderstood(input)) return [];
  const os = input.state.root.facts?.os;
  const index = os === undefined ? undefined : input.facts.packageIndex(os)?.index;
  const out: Finding[] = [];
  for (const verdict of input.packages.verdicts) {
    if (verdict.verdict !== 'leaves' || !isCompiler(input.facts, os, verdict.name)) continue;
    const text = withoutPackage(input, verdict.atom, verdict.name);
    if (text === undefined || !isProved(input, text)) continue;
    const kilobytes = index?.get(verdict.name)?.installedKB;
    const values = { name: verdict.name, size: sizeText(kilobytes === undefined ? undefined : kilobytes / 1024) };
    out.push({
      code: 'unused-build-package',
      severity,
      message: fill(FINDINGS['unused-build-package'].text, values),
      span: verdict.span,
      related: [],
      solvedBySplit: false,
      fix: { title: `Remove ${verdict.name}`, edits: editsOf(input.file, text) },
    });
  }
  return out;
}

/** Everything that the container starts is a command of an installed package, or a program of which every source was read. */
export function isUnderstood({ entry, program, state, facts, context }: PlanInput): boolean {
  const os = state.root.facts?.os;
  const index = os === undefined ? undefined : facts.debianIndex(os);
  if (index === undefined || index.approximate || entry.unread.length > 0 || entry.commands.length === 0) return false;
  if (context !== undefined && program.read && state.unread.length === 0) return true;
  return entry.commands.every(({ argv, known }) => {
    const providers = index.index.providers(baseName(argv[0] ?? ''));
    return known && providers.some((name) => state.packages.has(name));
  });
}

/** The text without one name on an install line (`instead`: with these in its place); without the command, or the RUN, when nothing else is left of it. */
export function withoutPackage(
  input: PlanInput,
  atom: number,
  name: string,
  instead: readonly string[] = [],
): string | undefined {
  const { file, simulation } = input;
  const command = simulation.atoms[atom];
  const run = command === undefined ? undefined : file.instructions[command.instruction];
  if (command === undefined || run?.kind !== 'run') return undefined;
  const words = command.effect.installs.flatMap((install) => install.words);
  const siblings = simulation.atoms.filter((one) => one.instruction === run.index);
  const replace = (replacement: string): string =>
    file.text.slice(0, run.span.start) + replacement + file.text.slice(run.span.end);
  const found = words.filter((word) => word.name === name && !word.variable);
  if (found.length !== 1 || found[0] === undefined) return undefined;
  if (words.length > 1 || instead.length > 0) {
    const all = siblings.map((one) => one.command);
    const change = { command: command.command, word: found[0].word, span: found[0].span, text: instead.join(' ') };
    return written(input, run, all, [change], replace);
  }
  const others = siblings.filter((one) => one !== command);
  const around = others.every((one) => {
    const { roles } = one.effect;
    return roles.has('scaffold') || roles.has('cleanup') || roles.has('query') || roles.has('shell');
  });
  if (around) {
    const after = /^[ \t]*\r?\n/.exec(file.text.slice(run.span.end))?.[0].length ?? 0;
    return file.text.slice(0, run.span.start) + file.text.slice(run.span.end + after);
  }
  const keep = others.map((one) => one.command);
  return isCuttable(input, run.index, keep) ? written(input, run, keep, [], replace) : undefined;
}

function written(
  input: PlanInput,
  run: RunInstruction,
  keep: readonly number[],
  words: Parameters<typeof cutRun>[3],
  replace: (text: string) => string,
): string | undefined {
  const pieces = cutRun(input.file, run, keep, words);
  return pieces === undefined
    ? undefined
    : replace(
        pieces
          .map((piece) => (typeof piece === 'string' ? piece : input.file.text.slice(piece.start, piece.end)))
          .join(''),
      );
}

function severityOf(input: PlanInput, code: FindingCode): Severity | 'off' {
  return input.settings.severities[code] ?? FINDINGS[code].severity;
}

/**
 * The verifier finds no fault with the changed file, or only what it finds with the original
 * beside itself. `lastBase`: the image of the last stage is what changes, so that no builder
 * starts from it any more.
 */
export function isProved(
  { file, simulation, facts, context }: Pick<PlanInput, 'file' | 'simulation' | 'facts' | 'context'>,
  text: string,
  lastBase = false,
): boolean {
  const changed = parseDockerfile(text);
  const before = { file, simulation };
  const after = { file: changed, simulation: simulate(changed, facts, context) };
  const found = verify(before, after, facts, context);
  if (found.length === 0) return true;
  // In a file with several stages a command nobody follows may run in the builder alone: that is no change.
  if (file.stages.length < 2) return false;
  const own = new Set(verify(before, before, facts, context).map(({ rule, message }) => `${rule} ${message}`));
  return found.every(({ rule, message }) => own.has(`${rule} ${message}`) || (lastBase && rule === 'builder-base'));
}

import type {
  Comment,
  Dockerfile,
  FromInstruction,
  Instruction,
  KeyValueInstruction,
  Problem,
  Stage,
} from '../model/dockerfile.ts';
import type { Span } from '../model/span.ts';
import { ageMemo, parseMemoised } from './memo.ts';
import { type Split, splitDockerfile } from './splitter.ts';
import { binaryProblems, conflictProblems } from './suspicion.ts';

/** Beyond these nothing is read; real files are a thousand times smaller. */
const MAX_UNITS = 2 * 1024 * 1024;
const MAX_LINES = 200_000;

/**
 * Parses a whole Dockerfile as BuildKit does. Never throws, whatever the text is; what
 * is wrong with it stands in `problems`, in the order of the text. Spans are UTF-16
 * offsets into `text`. Instructions that did not change since an earlier call may be
 * the same objects.
 */
export function parseDockerfile(text: string): Dockerfile {
  if (text.length > MAX_UNITS || lineCount(text) > MAX_LINES) return tooLarge(text);
  const split = splitDockerfile(text);
  const instructions: Instruction[] = [];
  const problems: Problem[] = [];
  for (const raw of split.instructions) {
    const parsed = parseMemoised(text, raw, split.escape, instructions.length);
    instructions.push(parsed.instruction);
    if (parsed.problems.length > 0) problems.push(...parsed.problems);
  }
  ageMemo();
  const { stages, globalArgs, before } = group(instructions);
  const conflicts = conflictProblems(text, instructions);
  const own = withoutConflicts(problems, conflicts);
  own.push(...conflicts, ...binaryProblems(text), ...fileProblems(split, instructions, stages, before));
  own.sort((a, b) => a.span.start - b.span.start);
  const { bom, eol, escape, directives, comments, lineStarts } = split;
  return { text, bom, eol, escape, directives, comments, instructions, globalArgs, stages, problems: own, lineStarts };
}

function lineCount(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0 && count <= MAX_LINES; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function tooLarge(text: string): Dockerfile {
  const problems: Problem[] = [{ code: 'too-large', span: { start: 0, end: text.length }, fatal: true }];
  return {
    text,
    bom: text.charCodeAt(0) === 0xfeff,
    eol: '\n',
    escape: '\\',
    directives: [],
    comments: [] as Comment[],
    instructions: [],
    globalArgs: [],
    stages: [],
    problems,
    lineStarts: [0],
  };
}

/** A conflict marker is no instruction; it is said once. */
function withoutConflicts(problems: readonly Problem[], conflicts: readonly Problem[]): Problem[] {
  if (conflicts.length === 0) return [...problems];
  const starts = new Set(conflicts.map((problem) => problem.span.start));
  return problems.filter((problem) => problem.code !== 'unknown-instruction' || !starts.has(problem.span.start));
}

function group(instructions: readonly Instruction[]): {
  readonly stages: readonly Stage[];
  readonly globalArgs: readonly KeyValueInstruction[];
  /** The first instruction but ARG that stands before FROM. */
  readonly before: Instruction | undefined;
} {
  const stages: Stage[] = [];
  const globalArgs: KeyValueInstruction[] = [];
  let before: Instruction | undefined;
  let current: Instruction[] | undefined;
  for (const instruction of instructions) {
    if (instruction.kind === 'from') {
      current = [];
      stages.push({ index: stages.length, name: nameOf(instruction), from: instruction, instructions: current });
    } else if (current !== undefined) current.push(instruction);
    else if (instruction.kind === 'arg') globalArgs.push(instruction);
    else before ??= instruction;
  }
  return { stages, globalArgs, before };
}

function nameOf(from: FromInstruction): string | undefined {
  return from.alias?.raw.toLowerCase();
}

function fileProblems(
  split: Split,
  instructions: readonly Instruction[],
  stages: readonly Stage[],
  before: Instruction | undefined,
): Problem[] {
  const fatal = (code: Problem['code'], span: Span): Problem => ({ code, span, fatal: true });
  const problems = [
    ...split.badDirectives.map((span) => fatal('bad-directive', span)),
    ...split.longLines.map((span) => fatal('too-large', span)),
  ];
  const first = instructions[0];
  if (first === undefined) problems.push(fatal('empty-file', { start: 0, end: 0 }));
  else if (stages.length === 0) problems.push(fatal('no-from', first.keywordSpan));
  else if (before !== undefined && before.kind !== 'unknown')
    problems.push(fatal('instruction-before-from', before.keywordSpan));
  return problems;
}

/** Commands and words out of a RUN, with a proof by parsing that exactly they went. */
import type { RunInstruction } from '../model/dockerfile.ts';
import type { ShellWord, SimpleCommand } from '../model/shell.ts';
import type { Span } from '../model/span.ts';
import { simpleCommands, visitNodes } from './chainItems.ts';
import { cutHead } from './cutHead.ts';
import { cutScript } from './cutScript.ts';
import { wordRemovals } from './cutWords.ts';
import { parseInstruction } from './instruction.ts';
import { sourceSpan } from './joined.ts';
import { type FileText, isSequential, layoutRun, merge, type RunLayout, subtract } from './runLayout.ts';
import { splitDockerfile } from './splitter.ts';

/** What to change in a RUN. Commands and words are those of `parseShell(run.command.text.text)`. */
export interface RunEdit {
  /** One for each item of the top-level chain; all stay when it is missing. */
  readonly keep?: readonly boolean[];
  /** Indices into `words` of the arguments that go. */
  readonly drop?: ReadonlyMap<SimpleCommand, ReadonlySet<number>>;
  /** New raw text of words; it may hold several, split by blanks, without quotes around blanks. */
  readonly replace?: ReadonlyMap<ShellWord, string>;
}

/** A slice of the source, or, with `text`, generated text that stands for that slice. */
export interface RunPiece {
  readonly span: Span;
  readonly text?: string;
}

/**
 * The instruction with the edit applied, as pieces in order of the source. `undefined`
 * when it cannot be done: nothing would stay, something uncuttable would go, the shell
 * text has errors, or the outcome, parsed again, is not exactly what was asked for.
 */
export function editRun(file: FileText, run: RunInstruction, edit: RunEdit): readonly RunPiece[] | undefined {
  const layout = layoutRun(file, run);
  if (layout === undefined) return undefined;
  const kept = keptItems(layout, edit.keep);
  if (kept === undefined) return undefined;
  const spans =
    kept.length === layout.chain.length
      ? [run.span]
      : layout.heredocScript
        ? cutScript(layout, kept)
        : cutHead(layout, kept);
  if (spans === undefined) return undefined;
  const removals: Span[] = [];
  for (const [command, drop] of edit.drop ?? []) {
    if (drop.has(0)) return undefined;
    removals.push(...wordRemovals(layout, command, drop));
  }
  const pieces = place(subtract(merge(spans), removals), layout, edit.replace ?? new Map());
  return proves(layout, kept, edit, pieces) ? pieces : undefined;
}

/** Keeps the commands of the chain that `keep` says; the spans of the source that stay. */
export function cutChain(file: FileText, run: RunInstruction, keep: readonly boolean[]): readonly Span[] | undefined {
  return editRun(file, run, { keep })?.map((piece) => piece.span);
}

/** Drops arguments of one command, by index into its words; the spans of the source that stay. */
export function cutWords(
  file: FileText,
  run: RunInstruction,
  command: SimpleCommand,
  drop: ReadonlySet<number>,
): readonly Span[] | undefined {
  return editRun(file, run, { drop: new Map([[command, drop]]) })?.map((piece) => piece.span);
}

/** The text that pieces make. */
export function renderPieces(source: string, pieces: readonly RunPiece[]): string {
  return pieces.map(({ span, text }) => text ?? source.slice(span.start, span.end)).join('');
}

function keptItems(layout: RunLayout, keep: readonly boolean[] | undefined): number[] | undefined {
  const all = layout.chain.map((_, index) => index);
  if (keep === undefined) return all;
  if (keep.length !== all.length) return undefined;
  if (layout.chain.some((item, index) => keep[index] !== true && !item.cuttable)) return undefined;
  const kept = all.filter((index) => keep[index] === true);
  return kept.length === 0 ? undefined : kept;
}

function place(spans: readonly Span[], layout: RunLayout, replace: ReadonlyMap<ShellWord, string>): RunPiece[] {
  let pieces: RunPiece[] = spans.map((span) => ({ span }));
  for (const [word, text] of replace) {
    const target = sourceSpan(layout.text, word.span.start, word.span.end);
    pieces = pieces.flatMap((piece) => {
      if (piece.text !== undefined || target.start < piece.span.start || target.end > piece.span.end) return [piece];
      const before = { span: { start: piece.span.start, end: target.start } };
      const after = { span: { start: target.end, end: piece.span.end } };
      return [before, { span: target, text }, after].filter(({ span }) => span.start < span.end);
    });
  }
  return pieces;
}

/** What a chain executes, told by the words of its simple commands and the shape around them. */
interface Told {
  readonly sequential: boolean;
  readonly commands: readonly string[];
}

function tell(layout: RunLayout, edit: RunEdit, kept: readonly number[]): Told[] {
  // A replacement may be several words (two packages for one).
  const wordsOf = (word: ShellWord): readonly string[] => edit.replace?.get(word)?.trim().split(/\s+/) ?? [word.raw];
  const dropped = new Map([...(edit.drop ?? [])].map(([command, drop]) => [command.span.start, drop] as const));
  const told = (command: SimpleCommand): string => {
    const drop = dropped.get(command.span.start);
    const words = command.words.filter((_, index) => drop?.has(index) !== true).flatMap(wordsOf);
    const text = layout.text.text;
    const outer = [...command.assignments, ...command.redirects].map(({ span }) => text.slice(span.start, span.end));
    const bodies = command.redirects.map((redirect) => redirect.heredoc ?? '');
    return JSON.stringify([outer, words, bodies]);
  };
  return kept.map((index, at) => {
    const previous = kept[at - 1];
    const item = layout.chain[index];
    const sequential = previous !== undefined && layout.chain.slice(previous + 1, index + 1).some(isSequential);
    const shapes: string[] = [];
    for (const node of item?.nodes ?? []) visitNodes(node, (inner) => shapes.push(inner.k));
    const commands = (item?.nodes ?? []).flatMap(simpleCommands).map(told);
    const background = item?.background === true ? ['&'] : [];
    const whole = touched(item?.nodes.flatMap(simpleCommands) ?? [], edit)
      ? []
      : [layout.text.text.slice(item?.span.start, item?.span.end)];
    return { sequential, commands: [...shapes, ...background, ...commands, ...whole] };
  });
}

function touched(commands: readonly SimpleCommand[], edit: RunEdit): boolean {
  const starts = new Set([...(edit.drop ?? [])].map(([command]) => command.span.start));
  return commands.some(
    (command) => starts.has(command.span.start) || command.words.some((word) => edit.replace?.has(word)),
  );
}

function proves(layout: RunLayout, kept: readonly number[], edit: RunEdit, pieces: readonly RunPiece[]): boolean {
  const text = renderPieces(layout.source, pieces);
  const after = layoutAlone(text, layout.escape);
  if (after === undefined || after.heredocScript !== layout.heredocScript) return false;
  if (after.chain.length !== kept.length) return false;
  const wanted = tell(layout, edit, kept);
  const found = tell(
    after,
    {},
    after.chain.map((_, index) => index),
  );
  return wanted.every((one, index) => {
    const other = found[index];
    if (other === undefined || other.sequential !== one.sequential) return false;
    // An edited command cannot be compared as a whole, so that its text is one entry shorter.
    return one.commands.every((command, at) => command === other.commands[at]);
  });
}

/** The layout of a RUN that is the whole of `text`; `undefined` when that is not one whole instruction. */
function layoutAlone(text: string, escape: '\\' | '`'): RunLayout | undefined {
  const source = `${escape === '`' ? '# escape=`\n' : ''}${text}`;
  const [raw, ...more] = splitDockerfile(source).instructions;
  if (raw === undefined || more.length > 0 || raw.dangling || raw.unterminated || raw.end !== source.length)
    return undefined;
  const { instruction, problems } = parseInstruction(source, raw, escape);
  if (instruction.kind !== 'run' || problems.some((problem) => problem.fatal)) return undefined;
  return layoutRun({ text: source, escape }, instruction);
}

/** What the planner asks before a cut, and what the emitter does with it. */
import type { RunInstruction } from '../model/dockerfile.ts';
import type { ShellWord, SimpleCommand } from '../model/shell.ts';
import type { Span } from '../model/span.ts';
import { ignoredAfterCut, simpleCommands, topLevelChain } from './chainItems.ts';
import { editRun } from './editRun.ts';
import type { FileText } from './runLayout.ts';
import { isShellScript, parseShell } from './shell.ts';

/** A word of a command that is replaced, or dropped when `text` is empty. */
export interface WordEdit {
  /** Index of the command in the top-level chain. */
  readonly command: number;
  /** Index of the word in its simple command. */
  readonly word: number;
  /** The word in the source. */
  readonly span: Span;
  /** Bare words, split by blanks. */
  readonly text: string;
}

/**
 * Whether the RUN can be reduced to the commands `keep` (indices of its chain) so that each
 * of them still fails the build, or not, as before. `errexit`: the shell runs with `-e`.
 */
export function isCutSafe(run: RunInstruction, keep: readonly number[], errexit: boolean): boolean {
  if (run.command.form !== 'shell' || keep.length === 0) return false;
  const { text, heredocScript } = run.command;
  if (heredocScript && !isShellScript(text.text)) return false;
  const script = parseShell(text.text);
  if (script.errors.length > 0) return false;
  const chain = topLevelChain(script, { heredocScript, errexit });
  const kept = [...keep].sort((a, b) => a - b);
  if (chain.some((item, index) => !kept.includes(index) && !item.cuttable)) return false;
  return ignoredAfterCut(chain, kept, errexit).every(
    (ignored, at) => ignored === chain[kept[at] ?? -1]?.ignoredFailure,
  );
}

/**
 * The RUN with only the commands `keep` and with `words` changed, as slices of the source
 * and generated text, in order; `undefined` where that cannot be proved.
 */
export function cutRun(
  file: FileText,
  run: RunInstruction,
  keep: readonly number[],
  words: readonly WordEdit[],
): readonly (Span | string)[] | undefined {
  if (run.command.form !== 'shell') return undefined;
  const { text, heredocScript } = run.command;
  const chain = topLevelChain(parseShell(text.text), { heredocScript });
  const drop = new Map<SimpleCommand, Set<number>>();
  const replace = new Map<ShellWord, string>();
  for (const edit of words) {
    const commands = chain[edit.command]?.nodes.flatMap(simpleCommands) ?? [];
    const command = commands.find((one) => {
      const word = one.words[edit.word];
      return word !== undefined && text.toSource(word.span.start) === edit.span.start;
    });
    const word = command?.words[edit.word];
    if (command === undefined || word === undefined) return undefined;
    if (edit.text.trim() !== '') replace.set(word, edit.text.trim());
    else drop.set(command, (drop.get(command) ?? new Set()).add(edit.word));
  }
  const pieces = editRun(file, run, { keep: chain.map((_, index) => keep.includes(index)), drop, replace });
  return pieces?.map((piece) => piece.text ?? piece.span);
}

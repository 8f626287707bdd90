/** A RUN reduced to some of its commands, with words of package lists dropped or replaced. */
import type { Dockerfile, RunInstruction } from '../model/dockerfile.ts';
import type { ShellWord, SimpleCommand } from '../model/shell.ts';
import { editRun, type RunPiece, simpleCommands, topLevelChain } from '../parse/chain.ts';
import { parseShell } from '../parse/shell.ts';
import type { WordChange } from '../plan/types.ts';

/**
 * The pieces of the instruction with only the commands `keep` (indexes of its
 * chain) and the word changes applied; `undefined` when the text cannot be cut so.
 */
export function cutRun(file: Dockerfile, run: RunInstruction, keep: readonly number[], changes: readonly WordChange[]): readonly RunPiece[] | undefined {
  if (run.command.form !== 'shell') return undefined;
  const { text } = run.command;
  const chain = topLevelChain(parseShell(text.text), { heredocScript: run.command.heredocScript });
  const drop = new Map<SimpleCommand, Set<number>>();
  const replace = new Map<ShellWord, string>();
  for (const change of changes) {
    const found = locate(chain[change.command]?.nodes.flatMap(simpleCommands) ?? [], (offset) => text.toSource(offset), change);
    if (found === undefined) return undefined;
    if (change.text === '') {
      const set = drop.get(found.command) ?? new Set<number>();
      drop.set(found.command, set.add(found.index));
    } else replace.set(found.word, change.text);
  }
  const kept = new Set(keep);
  return editRun(file, run, { keep: chain.map((_, at) => kept.has(at)), drop, replace });
}

function locate(commands: readonly SimpleCommand[], toSource: (offset: number) => number, change: WordChange): { command: SimpleCommand; word: ShellWord; index: number } | undefined {
  for (const command of commands) {
    for (let index = 1; index < command.words.length; index++) {
      const word = command.words[index] as ShellWord;
      if (toSource(word.span.start) === change.span.start) return { command, word, index };
    }
  }
  return undefined;
}

/** Whether a RUN may be cut so that the commands that stay fail as they did (pitfall 42). */
import { topLevelChain } from '../parse/chain.ts';
import { parseShell } from '../parse/shell.ts';
import type { PlanInput } from './types.ts';

/**
 * True when the RUN at `instruction` can be reduced to the commands `keep`
 * (indexes of its chain): none whose failure was ignored becomes the last, and
 * so the one that decides.
 */
export function isCuttable(input: PlanInput, instruction: number, keep: readonly number[]): boolean {
  const run = input.file.instructions[instruction];
  if (run?.kind !== 'run' || run.command.form !== 'shell') return false;
  const { text, heredocScript } = run.command;
  const chain = topLevelChain(parseShell(text.text), { heredocScript, errexit: shellStops(input, instruction) });
  const kept = new Set(keep);
  if (chain.some((item, at) => !item.cuttable && !kept.has(at))) return false;
  const last = chain[Math.max(...keep)];
  return last !== undefined && !last.ignoredFailure;
}

/** `SHELL ["bash", "-e", "-c"]`: every failure stops the build. */
function shellStops(input: PlanInput, instruction: number): boolean {
  let stops = false;
  for (const one of input.file.instructions) {
    if (one.index >= instruction) break;
    if (one.kind === 'shell') stops = one.argv.some((word) => /^-[a-z]*e/.test(word) || word === 'errexit');
  }
  return stops;
}

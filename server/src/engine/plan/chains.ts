/** Whether a RUN may be cut so that the commands that stay fail as they did (pitfall 42). */
import { isCutSafe } from '../parse/cut.ts';
import type { PlanInput } from './types.ts';

/** True when the RUN at `instruction` can be reduced to the commands `keep` (indexes of its chain). */
export function isCuttable(input: PlanInput, instruction: number, keep: readonly number[]): boolean {
  const run = input.file.instructions[instruction];
  return run?.kind === 'run' && isCutSafe(run, keep, shellStops(input, instruction));
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

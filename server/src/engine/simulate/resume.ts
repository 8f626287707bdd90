/**
 * Going on where nothing has changed: while somebody types at one place, what
 * stands before it has been executed already.
 */
import type { Context } from '../model/analysis.ts';
import type { Dockerfile } from '../model/dockerfile.ts';
import type { Atom, ImageState, Simulation } from '../model/state.ts';
import type { Below } from './below.ts';
import { cloneState } from './base.ts';
import type { Move } from './moved.ts';

/** The state of a single-stage file before one of its instructions. Nobody writes to it: it is cloned. */
export interface Checkpoint {
  /** How many instructions of the stage have been executed. */
  readonly done: number;
  readonly state: ImageState;
  readonly atoms: number;
  readonly wants: readonly string[];
}

/** What a simulation leaves for the next one of almost the same text. */
export interface Trace {
  readonly file: Dockerfile;
  readonly context: Context | undefined;
  /** `Context.revision` when it was made. */
  readonly revision: number | undefined;
  readonly simulation: Simulation;
  readonly checkpoint: Checkpoint | undefined;
  /** What stands below the instruction that the checkpoint stands before. */
  readonly below: Below | undefined;
}

/**
 * How far the text below the instruction at `mark` moved, when nothing but that instruction and what stands before it
 * changed; `undefined` otherwise. `same`: UTF-16 units at the beginning that both texts share.
 */
export function moveBelow(file: Dockerfile, old: Dockerfile, mark: number, same: number): Move | undefined {
  const [is, was] = [file.stages[0]?.instructions ?? [], old.stages[0]?.instructions ?? []];
  const [here, there] = [is[mark], was[mark]];
  const [next, oldNext] = [is[mark + 1], was[mark + 1]];
  if (here === undefined || there === undefined || next === undefined || oldNext === undefined) return undefined;
  if (is.length !== was.length || here.span.start >= same || there.span.start !== here.span.start) return undefined;
  const by = next.span.start - oldNext.span.start;
  if (file.text.slice(next.span.start) !== old.text.slice(oldNext.span.start)) return undefined;
  return { from: oldNext.span.start, by };
}

/** Where to start, and where to leave a checkpoint. */
export interface Resume {
  readonly from: Checkpoint | undefined;
  /** Atoms up to the checkpoint. */
  readonly atoms: readonly Atom[];
  /** Leave a checkpoint before this instruction of the stage; -1: nowhere. */
  readonly mark: number;
  /** UTF-16 units at the beginning that both texts share. */
  readonly same: number;
  /** What stood below the instruction at `mark`, when nothing else was edited. */
  readonly rest: Rest | undefined;
}

/** What an earlier simulation says of the text below an instruction. */
export interface Rest {
  readonly simulation: Simulation;
  readonly below: Below;
  readonly move: Move;
}

export const FRESH: Resume = { from: undefined, atoms: [], mark: -1, same: 0, rest: undefined };

/**
 * What of an earlier simulation still holds for `file`. An instruction is taken
 * for unchanged when the texts agree up to the beginning of the one after it.
 */
export function resumeFrom(file: Dockerfile, context: Context | undefined, before: Trace | undefined): Resume {
  const [stage] = file.stages;
  if (before === undefined || stage === undefined || file.stages.length !== 1) return FRESH;
  if (before.context !== context || (context !== undefined && context.revision === undefined)) return FRESH;
  if (before.revision !== context?.revision) return FRESH;
  const same = commonPrefix(before.file.text, file.text);
  if (stage.from.span.end >= same) return FRESH;
  const { instructions } = stage;
  let mark = 0;
  while (mark + 1 < instructions.length && (instructions[mark + 1]?.span.start ?? same) < same) mark++;
  const { checkpoint } = before;
  const from = checkpoint !== undefined && checkpoint.done <= mark ? checkpoint : undefined;
  const atoms = from === undefined ? [] : before.simulation.atoms.slice(0, from.atoms);
  return { from, atoms, mark, same, rest: from?.done === mark ? restOf(file, before, mark, same) : undefined };
}

function restOf(
  file: Dockerfile,
  { file: old, simulation, below }: Trace,
  mark: number,
  same: number,
): Rest | undefined {
  const move = below === undefined ? undefined : moveBelow(file, old, mark, same);
  return below === undefined || move === undefined ? undefined : { simulation, below, move };
}

/** A checkpoint of a state that goes on changing. */
export function checkpointOf(done: number, state: ImageState, atoms: number, wants: readonly string[]): Checkpoint {
  return { done, state: cloneState(state), atoms, wants };
}

/** UTF-16 units at the beginning that two texts share. */
function commonPrefix(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  // Whole blocks first: comparing strings is native.
  while (at + 256 <= end && a.slice(at, at + 256) === b.slice(at, at + 256)) at += 256;
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

/**
 * Going on where nothing has changed: while somebody types at one place, what
 * stands before it has been executed already.
 */
import type { Context } from '../model/analysis.ts';
import type { Dockerfile, Instruction, Stage } from '../model/dockerfile.ts';
import type { AskedPaths } from '../model/pathIndex.ts';
import type { Atom, ImageState, SimulatedStage, Simulation } from '../model/state.ts';
import type { Below } from './below.ts';
import { cloneState } from './base.ts';
import { movedOffset, movedState, type Move, type Piece } from './moved.ts';

/** The state of a stage before one of its instructions. Nobody writes to it: it is cloned. */
export interface Checkpoint {
  /** How many instructions of the stage have been executed. */
  readonly done: number;
  /** Where the instruction stands that it stands before: an offset into the text. */
  readonly at: number;
  readonly state: ImageState;
  /** Atoms of the file up to there. */
  readonly atoms: number;
  /** What the stage wanted of the build context up to there. */
  readonly wants: readonly string[];
  /** Stages that it used up to there. */
  readonly uses: readonly number[];
}

/** What a simulation leaves for the next one of almost the same text. */
export interface Trace {
  readonly file: Dockerfile;
  readonly context: Context | undefined;
  /** `Context.revision` when it was made. */
  readonly revision: number | undefined;
  readonly simulation: Simulation;
  readonly stages: readonly StageTrace[];
}

/** The same of one stage. */
export interface StageTrace {
  /** Its atoms: from that one on, up to but without that one. */
  readonly start: number;
  readonly end: number;
  /** What it wanted of the build context. */
  readonly wanted: ReadonlySet<string>;
  readonly checkpoint: Checkpoint | undefined;
  /** What stands below the instruction that the checkpoint stands before. */
  readonly below: Below | undefined;
  /** What later stages asked of its files. */
  readonly asked: AskedPaths;
}

/** What an earlier simulation says of a stage whose FROM is the same. */
export interface StageResume {
  readonly trace: StageTrace;
  readonly old: SimulatedStage;
  /** All atoms of the earlier simulation. */
  readonly atoms: readonly Atom[];
  readonly move: Move;
  /** The first instruction of the stage that is another one; -1: none is. */
  readonly mark: number;
  /** That instruction in both versions, when nothing else of the stage is another. */
  readonly edited: { readonly is: Instruction; readonly was: Instruction } | undefined;
}

/** By the index of the stage; one that cannot be compared is missing. */
export type Resume = readonly StageResume[];

const FRESH: Resume = [];

/** More places that moved than an editor's change makes. */
const MANY_PIECES = 16;

/** What of an earlier simulation still holds for `file`. */
export function resumeFrom(file: Dockerfile, context: Context | undefined, before: Trace | undefined): Resume {
  if (before === undefined || before.context !== context || before.revision !== context?.revision) return FRESH;
  if (context !== undefined && context.revision === undefined) return FRESH;
  const { file: old, simulation } = before;
  const isSame = (is: Instruction, was: Instruction): boolean => is === was || words(is, file) === words(was, old);
  const isSameFrom = (is: readonly Instruction[], was: readonly Instruction[], at: number): boolean =>
    wordsFrom(is, at, file) === wordsFrom(was, at, old);
  if (file.escape !== old.escape || !isSameList(file.globalArgs, old.globalArgs, isSame)) return FRESH;
  const move: Piece[] = [];
  const out: StageResume[] = [];
  for (const [index, stage] of file.stages.entries()) {
    const [was, trace, executed] = [old.stages[index], before.stages[index], simulation.stages[index]];
    if (was === undefined || trace === undefined || executed === undefined) break;
    if (stage.from.index !== was.from.index || !isSame(stage.from, was.from)) break;
    const { mark, edited } = compare(stage, was, { isSame, isSameFrom }, move);
    out.push({ trace, old: executed, atoms: simulation.atoms, move, mark, edited });
  }
  return move.length > MANY_PIECES ? FRESH : out;
}

function words(instruction: Instruction, { text }: Dockerfile): string {
  return text.slice(instruction.span.start, instruction.span.end);
}

/** From an instruction to the end of the last. */
function wordsFrom(instructions: readonly Instruction[], at: number, { text }: Dockerfile): string | undefined {
  const [first, last] = [instructions[at], instructions[instructions.length - 1]];
  return first === undefined || last === undefined ? undefined : text.slice(first.span.start, last.span.end);
}

function isSameList<T>(a: readonly T[], b: readonly T[], isSame: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((one, at) => isSame(one, b[at] as T));
}

interface Compares {
  readonly isSame: (is: Instruction, was: Instruction) => boolean;
  /** The text of both lists from a place on. */
  readonly isSameFrom: (is: readonly Instruction[], was: readonly Instruction[], at: number) => boolean;
}

/** Where two versions of a stage begin to differ. `move` gets where the words of both stand. */
function compare(
  { from, instructions }: Stage,
  { from: oldFrom, instructions: old }: Stage,
  { isSame, isSameFrom }: Compares,
  move: Piece[],
): Pick<StageResume, 'mark' | 'edited'> {
  notePlace(from, oldFrom, move);
  let mark = -1;
  const { length } = instructions;
  for (let at = 0; at < length; at++) {
    const [is, was] = [instructions[at] as Instruction, old[at]];
    if (was !== undefined && isSame(is, was)) notePlace(is, was, move);
    else if (mark >= 0 || length !== old.length) return { mark: mark >= 0 ? mark : at, edited: undefined };
    else {
      mark = at;
      const [next, oldNext] = [instructions[at + 1], old[at + 1]];
      if (next === undefined || oldNext === undefined || !isSameFrom(instructions, old, at + 1)) continue;
      // All below is as it was, comments included: most edits are such.
      notePlace(next, oldNext, move);
      break;
    }
  }
  if (length !== old.length) return { mark: length, edited: undefined };
  const [is, was] = [instructions[mark], old[mark]];
  return { mark, edited: is === undefined || was === undefined ? undefined : { is, was } };
}

function notePlace(is: Instruction, was: Instruction, move: Piece[]): void {
  const from = was.span.start;
  const by = is.span.start - from;
  if (by !== (move.length === 0 ? 0 : (move[move.length - 1] as Piece).by)) move.push({ from, by });
}

/** A checkpoint of a state that goes on changing. `at`: offset of the instruction that comes next. */
export function checkpointOf(
  done: number,
  at: number,
  atoms: number,
  state: ImageState,
  wants: Iterable<string>,
  uses: Iterable<number>,
): Checkpoint {
  return { done, at, state: cloneState(state), atoms, wants: [...wants], uses: [...uses] };
}

export function movedCheckpoint(checkpoint: Checkpoint, move: Move): Checkpoint {
  const [first] = move;
  if (first === undefined) return checkpoint;
  const at = movedOffset(checkpoint.at, move);
  const { state } = checkpoint;
  return first.from >= checkpoint.at
    ? { ...checkpoint, at }
    : { ...checkpoint, at, state: movedState(state, move, state.writes) };
}

/** Executes the stages of a file in order; what an earlier simulation still says of a stage is taken over. */
import type { Dockerfile, Instruction, Stage } from '../model/dockerfile.ts';
import { AskedPaths } from '../model/pathIndex.ts';
import type { Atom, ImageState, Simulation, SimulatedStage, StageBase } from '../model/state.ts';
import { union, type Value } from '../model/value.ts';
import type { Facts } from '../facts/index.ts';
import { expandWord } from '../parse/expand.ts';
import { parseImageRef } from '../parse/imageRef.ts';
import { changedPaths, type Below, leftOnlyWrites, startBelow, takenOver } from './below.ts';
import { cloneState, stateOfBase, stateOfStage } from './base.ts';
import type { ContextReader } from './context.ts';
import { emptyEffect } from './effect.ts';
import { textKey } from './keys.ts';
import { Machine } from './machine.ts';
import { movedAtom, movedState } from './moved.ts';
import {
  type Checkpoint,
  checkpointOf,
  movedCheckpoint,
  type Resume,
  type StageResume,
  type StageTrace,
} from './resume.ts';
import { Run } from './run.ts';
import { isSilent, redescribed } from './silent.ts';

/** What a stage holds before its first instruction, of the text alone. */
interface Start {
  readonly base: StageBase;
  readonly root: StageBase;
  readonly parent: SimulatedStage | undefined;
}

/** One execution of the stages of a file. */
export class Stages {
  /** Left for the next simulation of almost the same text. */
  readonly traces: StageTrace[] = [];
  private readonly atoms: Atom[] = [];
  private readonly stages: SimulatedStage[] = [];
  private readonly globals = new Map<string, Value>();
  private readonly run: Run;
  /** Stages in which everything is as it was, and moved at most. */
  private readonly untouched = new Set<number>();

  constructor(
    private readonly file: Dockerfile,
    private readonly facts: Facts,
    private readonly context: ContextReader,
    /** `undefined`: nobody goes on from here. */
    private readonly resume: Resume | undefined,
  ) {
    this.run = new Run(file, this.globals, this.atoms, this.stages);
  }

  all(): Simulation {
    for (const instruction of this.file.globalArgs) {
      for (const pair of instruction.pairs) this.globals.set(pair.key, this.global(pair.raw, pair.key));
    }
    for (const stage of this.file.stages) this.stage(stage);
    for (const { state } of this.stages) state.writes.index.asked = undefined;
    return { stages: this.stages, atoms: this.atoms, wants: this.context.wants() };
  }

  private global(raw: string | undefined, name: string): Value {
    if (raw === undefined) return { text: `\${${name}}`, open: [name], args: [name] };
    const value = this.expandGlobal(raw);
    return { ...value, args: union(value.args, [name]) };
  }

  private expandGlobal(raw: string): Value {
    let open: readonly string[] = [];
    let args: readonly string[] = [];
    const { text, unresolved } = expandWord(
      raw,
      (name) => {
        const value = this.globals.get(name);
        if (value === undefined || value.open.length > 0) {
          if (value !== undefined) args = union(args, value.args);
          return undefined;
        }
        open = union(open, value.open);
        args = union(args, value.args);
        return value.text;
      },
      this.file.escape,
    );
    return { text, open: union(open, unresolved), args: union(args, unresolved) };
  }

  private stage(stage: Stage): void {
    const start = this.startOf(stage);
    const resume = this.resume?.[stage.index];
    const valid = resume !== undefined && this.holds(resume, start) ? resume : undefined;
    // What later stages asked an earlier version they would ask this one.
    const asked = resume?.trace.asked ?? new AskedPaths();
    const done =
      (valid === undefined ? undefined : this.moved(stage, start, valid)) ?? this.executed(stage, start, resume, valid);
    this.stages.push(done.stage);
    this.traces.push({ ...done.trace, asked });
    if (this.resume !== undefined && stage.index + 1 < this.file.stages.length)
      done.stage.state.writes.index.asked = asked;
  }

  private startOf({ from }: Stage): Start {
    const raw = from.image?.raw ?? '';
    const value = this.expandGlobal(raw);
    const span = from.image?.span ?? from.span;
    const earlier = this.stages.find((one) => one.name !== undefined && one.name === value.text.toLowerCase());
    const reference = parseImageRef(value.text);
    const ref = earlier === undefined && reference !== undefined && !reference.variable ? reference : undefined;
    const facts = ref === undefined ? undefined : this.facts.base(ref);
    const base = {
      ref: value.text,
      raw,
      span,
      stage: earlier?.index,
      facts,
      args: value.args,
      open: value.open,
      digest: ref?.digest,
      platform: from.flags.find((flag) => flag.name === 'platform')?.value,
    };
    return { base, root: earlier === undefined ? base : earlier.state.root, parent: earlier };
  }

  /** What an earlier simulation says of the stage above its first edit still holds. */
  private holds({ trace, old }: StageResume, { base }: Start): boolean {
    if (trace.start !== this.atoms.length) return false;
    for (const used of old.uses)
      if (!this.untouched.has(used) && (used === base.stage || this.isSeen(used))) return false;
    return true;
  }

  /** Files of an earlier stage are others than before where later stages looked. */
  private isSeen(index: number): boolean {
    const resume = this.resume?.[index];
    const stage = this.stages[index];
    if (resume === undefined || stage === undefined || stage.state.root.ref !== resume.old.state.root.ref) return true;
    const { asked } = resume.trace;
    return changedPaths(resume.old.state.writes.all, stage.state.writes.all).some((path) => asked.sees(path));
  }

  /** The stage without executing any of it; `undefined`: it has to be. */
  private moved(stage: Stage, { base, root }: Start, resume: StageResume): Done | undefined {
    const { trace, old, move, mark, edited } = resume;
    const silent = edited !== undefined && trace.checkpoint?.done === mark && isSilent(edited);
    if (mark >= 0 && !silent) return undefined;
    const atoms = movedAtoms(resume, trace.start, trace.end);
    const state: ImageState = { ...movedState(old.state, move, old.state.writes), base, root };
    const checkpoint = trace.checkpoint === undefined ? undefined : movedCheckpoint(trace.checkpoint, move);
    if (silent && checkpoint !== undefined) {
      const at = checkpoint.atoms - trace.start;
      atoms[at] = { ...(atoms[at] as Atom), span: edited.is.span, key: textKey(edited.is, state) };
      const machine = new Machine(cloneState(checkpoint.state, state.writes), this.facts, this.context, emptyEffect());
      const described = redescribed(this.file, atoms.slice(at), machine);
      if (described === undefined) return undefined;
      state.config = { ...state.config, ...described };
    } else this.untouched.add(stage.index);
    for (const atom of atoms) this.atoms.push(atom);
    for (const path of trace.wanted) this.context.want(path);
    return { stage: { ...old, state }, trace: { ...trace, checkpoint } };
  }

  private executed(stage: Stage, start: Start, resume: StageResume | undefined, valid: StageResume | undefined): Done {
    const first = this.atoms.length;
    const wanted = new Set<string>();
    this.context.noted = [wanted];
    const mark = resume?.mark ?? -1;
    const from = valid === undefined ? undefined : checkpointAbove(valid, start);
    if (valid !== undefined && from !== undefined) {
      for (const atom of movedAtoms(valid, first, from.atoms)) this.atoms.push(atom);
      for (const path of from.wants) this.context.want(path);
    }
    let state = from === undefined ? stateBefore(start) : cloneState(from.state);
    const uses = new Set(from?.uses ?? (start.parent === undefined ? [] : [start.parent.index]));
    const machine = new Machine(state, this.facts, this.context, emptyEffect());
    let checkpoint = from;
    let below: Below | undefined;
    for (let at = from?.done ?? 0; at < stage.instructions.length; at++) {
      const instruction = stage.instructions[at] as Instruction;
      if (at === mark && from?.done !== mark)
        checkpoint = checkpointOf(at, instruction.span.start, this.atoms.length, state, wanted, uses);
      this.run.instruction(instruction, stage.index, machine, below?.uses ?? uses);
      if (at !== mark || checkpoint === undefined) continue;
      const rest = this.rest(checkpoint, state, from === checkpoint ? valid : undefined);
      below = rest.below;
      if (rest.state === undefined) continue;
      state = { ...rest.state, base: start.base, root: start.root };
      break;
    }
    this.context.noted = [];
    state.writes.index.asked = undefined;
    for (const one of below?.uses ?? []) uses.add(one);
    const { index, name } = stage;
    return {
      stage: { index, name, state, uses },
      trace: { start: first, end: this.atoms.length, wanted, checkpoint, below },
    };
  }

  /** The final state, when nothing below the edited instruction can see the edit; else what stands there is noted. */
  private rest(
    checkpoint: Checkpoint,
    state: ImageState,
    resume: StageResume | undefined,
  ): { readonly below: Below; readonly state: ImageState | undefined } {
    const atoms = this.atoms.length;
    const start = checkpoint.state.writes.all.length;
    const onlyWrote = leftOnlyWrites(checkpoint.state, state);
    const taken = resume?.edited === undefined ? undefined : takenOver(resume, { atoms, state, onlyWrote, start });
    if (taken === undefined) return { below: startBelow(state, onlyWrote, atoms, this.context), state: undefined };
    for (const one of taken.atoms) this.atoms.push(one);
    for (const path of taken.below.wanted) this.context.want(path);
    return taken;
  }
}

/** An executed stage, and what it leaves but for what later stages ask. */
interface Done {
  readonly stage: SimulatedStage;
  readonly trace: Omit<StageTrace, 'asked'>;
}

function stateBefore({ base, parent }: Start): ImageState {
  return parent === undefined ? stateOfBase(base) : stateOfStage(base, parent.state);
}

/** The last state that is known of what stands above the first edit. */
function checkpointAbove(
  { trace: { checkpoint }, move, mark }: StageResume,
  { base, root }: Start,
): Checkpoint | undefined {
  if (checkpoint === undefined || checkpoint.done > mark) return undefined;
  const moved = movedCheckpoint(checkpoint, move);
  return { ...moved, state: { ...moved.state, base, root } };
}

function movedAtoms({ atoms, move }: StageResume, from: number, to: number): Atom[] {
  const out = atoms.slice(from, to);
  const first = move[0]?.from ?? Number.POSITIVE_INFINITY;
  // What moves stands below.
  for (let at = out.length - 1; at >= 0; at--) {
    const atom = out[at] as Atom;
    if (atom.span.start < first) break;
    out[at] = movedAtom(atom, move);
  }
  return out;
}

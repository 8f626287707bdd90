/**
 * Edits that no command can see: in comments, between instructions, in those instructions that only describe
 * the image. What stands below such an edit is not executed again, only moved.
 */
import type { Dockerfile, Instruction } from '../model/dockerfile.ts';
import type { Atom, Config, Simulation } from '../model/state.ts';
import type { Value } from '../model/value.ts';
import { applyInstruction } from './instructions.ts';
import { textKey } from './keys.ts';
import type { Machine } from './machine.ts';
import { movedAtom, movedState, type Move } from './moved.ts';
import { moveBelow, type Trace } from './resume.ts';

/** Instructions whose values neither a command nor another instruction reads. */
const DESCRIBES: ReadonlySet<Instruction['kind']> = new Set(['label', 'expose', 'stopsignal', 'maintainer']);

/**
 * The simulation of `file` after a silent edit of the file of `before`, the same as a fresh one; `undefined`
 * for any other edit. `mark`: index in the stage of the instruction before or in which the texts begin to
 * differ, at offset `same`. `machine` stands in a copy of the state of the checkpoint.
 */
export function afterSilentEdit(
  file: Dockerfile,
  before: Trace,
  mark: number,
  same: number,
  machine: () => Machine,
): Simulation | undefined {
  const { checkpoint, simulation } = before;
  const [old] = simulation.stages;
  if (checkpoint?.done !== mark || old === undefined) return undefined;
  const edit = silentEdit(file, before.file, mark, same);
  if (edit === undefined) return undefined;
  const atoms = simulation.atoms.slice(0, checkpoint.atoms);
  for (let at = checkpoint.atoms; at < simulation.atoms.length; at++)
    atoms.push(movedAtom(simulation.atoms[at] as Atom, edit.move));
  const state = movedState(old.state, edit.move, old.state.writes);
  if (edit.edited !== undefined) {
    const atom = atoms[checkpoint.atoms] as Atom;
    atoms[checkpoint.atoms] = { ...atom, span: edit.edited.span, key: textKey(edit.edited, state) };
    const described = redescribed(file, atoms, checkpoint.atoms, machine());
    if (described === undefined) return undefined;
    const { label, expose, stopsignal, maintainer } = described;
    state.config = { ...state.config, label, expose, stopsignal, maintainer };
  }
  return { stages: [{ ...old, state }], atoms, wants: simulation.wants };
}

/** How far the text below the edit moved, and the describing instruction that was edited, if one was. */
function silentEdit(
  file: Dockerfile,
  old: Dockerfile,
  mark: number,
  same: number,
): { readonly move: Move; readonly edited: Instruction | undefined } | undefined {
  const move = moveBelow(file, old, mark, same);
  if (move === undefined) return undefined;
  const [here, there] = [file, old].map(({ stages }) => stages[0]?.instructions[mark] as Instruction) as [
    Instruction,
    Instruction,
  ];
  const words = (one: Instruction, { text }: Dockerfile): string => text.slice(one.span.start, one.span.end);
  if (words(here, file) === words(there, old)) return { move, edited: undefined };
  return DESCRIBES.has(here.kind) && DESCRIBES.has(there.kind) ? { move, edited: here } : undefined;
}

/** What the instructions from atom `first` on describe, on top of what `machine` has; `undefined` when they use variables. */
function redescribed(file: Dockerfile, atoms: readonly Atom[], first: number, machine: Machine): Config | undefined {
  for (let id = first; id < atoms.length; id++) {
    const instruction = file.instructions[(atoms[id] as Atom).instruction] as Instruction;
    if (!DESCRIBES.has(instruction.kind)) continue;
    if (instruction.args.text.includes('$')) return undefined;
    applyInstruction(instruction, machine, id, NO_GLOBALS, file.escape);
  }
  return machine.state.config;
}

const NO_GLOBALS: ReadonlyMap<string, Value> = new Map();

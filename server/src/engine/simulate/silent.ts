/**
 * Edits that no command can see: in those instructions that only describe the image. What stands below such an edit
 * is not executed again, only moved.
 */
import type { Dockerfile, Instruction } from '../model/dockerfile.ts';
import type { Atom, Config } from '../model/state.ts';
import type { Value } from '../model/value.ts';
import { applyInstruction } from './instructions.ts';
import type { Machine } from './machine.ts';

/** Instructions whose values neither a command nor another instruction reads. */
const DESCRIBES: ReadonlySet<Instruction['kind']> = new Set(['label', 'expose', 'stopsignal', 'maintainer']);

/** True when both versions of an instruction describe. */
export function isSilent({ is, was }: { readonly is: Instruction; readonly was: Instruction }): boolean {
  return DESCRIBES.has(is.kind) && DESCRIBES.has(was.kind);
}

/**
 * What the instructions of `atoms` describe, on top of what `machine` has; `undefined` when they use variables. None of
 * them writes a file.
 */
export function redescribed(
  file: Dockerfile,
  atoms: readonly Atom[],
  machine: Machine,
): Pick<Config, 'label' | 'expose' | 'stopsignal' | 'maintainer'> | undefined {
  for (const { id, instruction: index } of atoms) {
    const instruction = file.instructions[index] as Instruction;
    if (!DESCRIBES.has(instruction.kind)) continue;
    if (instruction.args.text.includes('$')) return undefined;
    applyInstruction(instruction, machine, id, NO_GLOBALS, file.escape);
  }
  const { label, expose, stopsignal, maintainer } = machine.state.config;
  return { label, expose, stopsignal, maintainer };
}

const NO_GLOBALS: ReadonlyMap<string, Value> = new Map();

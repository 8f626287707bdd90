/** Files that are brought from one place of the image to another. */
import { baseName, joinPath, parentOf } from '../../model/path.ts';
import type { Write } from '../../model/state.ts';
import type { Machine } from '../machine.ts';
import type { Arg } from '../words.ts';
import { unsure } from './patterns.ts';

/**
 * Records that the operands, as `cp`, `mv`, `install` and `rsync` have them, are copied: to the last one, or to `into`. Returns the
 * sources. `files`: the command takes no directories.
 */
export function transfer(
  machine: Machine,
  operands: readonly Arg[],
  into: Arg | undefined,
  files = false,
): readonly Arg[] {
  const target = into ?? operands[operands.length - 1];
  const sources = into === undefined ? operands.slice(0, -1) : operands;
  machine.role('setup');
  if (target === undefined) return sources;
  const many =
    into !== undefined || sources.length > 1 || /(^|\/)\.{0,2}$/.test(target.text) || sources.some((arg) => arg.glob);
  for (const source of sources) {
    const from = machine.read(source);
    const to = machine.path(target);
    const directory = many || isDirectory(to, machine);
    const path = directory && !source.glob ? joinPath(to, baseName(from)) : to;
    const context = machine.context.sourceOf(from, machine.state.writes);
    const args = [...source.args, ...target.args];
    const single = files && !source.glob && (directory || namesFile(to, from));
    machine.write(path, {
      kind: single ? 'file' : 'tree',
      class: classFrom(from, machine),
      ...(context === undefined || source.glob ? {} : { context }),
      ...(args.length > 0 ? { args } : {}),
      ...unsure(target),
    });
  }
  return sources;
}

/** A target that is hardly a directory of the base: it is called like its source, has an ending, or lies among commands. */
function namesFile(to: string, from: string): boolean {
  const name = baseName(to);
  return name === baseName(from) || /.\.\w+$/.test(name) || /\/s?bin$/.test(parentOf(to));
}

/** What was copied stays what it was. */
function classFrom(path: string, machine: Machine): Write['class'] {
  let found: Write['class'] = 'data';
  machine.state.writes.index.upwards(path, (writes) => {
    const write = writes[writes.length - 1] as Write;
    found = write.class === 'source' || write.class === 'cache' ? 'artifact' : write.class;
    return true;
  });
  return found;
}

/** True when an earlier command made a directory of this name. */
export function isDirectory(path: string, machine: Machine): boolean {
  if (/^\/(usr|etc|bin|sbin|lib|opt|srv|var|tmp|root|home)(\/(local|bin|sbin|lib|share)){0,2}$/.test(path)) return true;
  return machine.state.writes.isDirectory(path);
}

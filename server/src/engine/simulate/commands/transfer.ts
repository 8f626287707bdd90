/** Files that are brought from one place of the image to another. */
import { baseName, joinPath, parentOf, resolvePath } from '../../model/path.ts';
import type { Write } from '../../model/state.ts';
import type { Machine } from '../machine.ts';
import type { Arg } from '../words.ts';
import { globRoot, unsure } from './patterns.ts';

/** How operands are brought to their target. */
export interface Manner {
  /** The directory given by an option (`-t`). */
  readonly into?: Arg | undefined;
  /** The target is never a directory to put things into (`-T`). */
  readonly exact?: boolean;
  /** The path of each source is kept below the target (`cp --parents`). */
  readonly parents?: boolean;
  /** Of a source that ends with a slash only the contents are copied (rsync(1), "USAGE"). */
  readonly slash?: boolean;
  /** The command takes no directories. */
  readonly files?: boolean;
}

/** Records that the operands, as `cp`, `mv`, `install` and `rsync` have them, are copied: to the last one, or to `into`. Returns the sources. */
export function transfer(machine: Machine, operands: readonly Arg[], manner: Manner): readonly Arg[] {
  const { into, exact = false, files = false } = manner;
  const target = into ?? operands[operands.length - 1];
  const sources = into === undefined ? operands.slice(0, -1) : operands;
  machine.role('setup');
  if (target === undefined) return sources;
  const to = target.glob ? globRoot(machine.path(target)) : machine.path(target);
  const many = into !== undefined || sources.length > 1 || isSaidDirectory(target) || sources.some((arg) => arg.glob);
  for (const source of sources) {
    const from = machine.read(source);
    const directory = !exact && (many || isDirectory(to, machine));
    const context = machine.context.sourceOf(from, machine.state.writes);
    const args = [...source.args, ...target.args];
    const single = files && !source.glob && source.open.length === 0 && (directory || namesFile(to, from));
    machine.write(directory ? placeIn(to, source, from, manner) : to, {
      kind: single ? 'file' : 'tree',
      class: classFrom(from, machine),
      ...(context === undefined || source.glob ? {} : { context }),
      ...(args.length > 0 ? { args } : {}),
      ...unsure(target),
    });
  }
  return sources;
}

/** Where one source lands in the directory `to`; the directory itself where its name there is not known, or is none. */
function placeIn(to: string, source: Arg, from: string, { parents = false, slash = false }: Manner): string {
  if (source.glob || source.open.length > 0) return to;
  if (parents) return resolvePath(to, `./${source.text}`);
  return /(^|\/)\.{1,2}\/?$/.test(source.text) || (slash && source.text.endsWith('/'))
    ? to
    : joinPath(to, baseName(from));
}

/** A target that is hardly a directory of the base: it is called like its source, has an ending, or lies among commands. */
function namesFile(to: string, from: string): boolean {
  const name = baseName(to);
  return name === baseName(from) || /.\.\w+$/.test(name) || /\/s?bin$/.test(parentOf(to));
}

/** The word itself says that it is a directory. */
export function isSaidDirectory({ text }: Arg): boolean {
  return /(^|\/)\.{0,2}$/.test(text);
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

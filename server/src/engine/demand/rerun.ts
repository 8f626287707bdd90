/** Programs of a build that cannot run a second time: what they work with is taken away afterwards. */
import { PathIndex } from '../model/pathIndex.ts';
import type { Atom } from '../model/state.ts';
import { directoryOf } from '../simulate/keys.ts';

/** Finds what takes away what a program works with. */
export type FindsUndoing = (program: Atom) => Atom | undefined;

/**
 * For each of these commands (in the order in which they run) the first later one that takes away what it reads: files
 * that it names, and of a Node program anything below its directory (`npm prune`, `rm -rf src node_modules`).
 */
export function undoingIn(atoms: readonly Atom[]): FindsUndoing {
  let index: Undoing | undefined;
  return (program) => (index ??= indexOf(atoms)).of(program);
}

/** Commands by the paths that they take away. */
class Undoing {
  readonly deleted = new PathIndex<Atom>();
  /** Edited or deleted. */
  readonly changed = new PathIndex<Atom>();

  of(program: Atom): Atom | undefined {
    let first: Atom | undefined;
    const consider = (commands: readonly Atom[]): false => {
      const found = firstAfter(program.id, commands);
      if (found !== undefined && found.id < (first?.id ?? Number.POSITIVE_INFINITY)) first = found;
      return false;
    };
    for (const read of program.effect.reads) this.deleted.upwards(read, consider);
    const place = isNode(program) ? directoryOf(program.key) : undefined;
    if (place !== undefined && place !== '/') {
      consider(this.changed.exactly(place));
      consider(this.changed.below(place));
    }
    return first;
  }
}

function indexOf(atoms: readonly Atom[]): Undoing {
  const index = new Undoing();
  for (const atom of atoms)
    for (const { kind, path, class: use, sure } of atom.effect.writes) {
      if (!sure || use === 'cache' || (kind !== 'gone' && kind !== 'edit')) continue;
      index.changed.add(path, atom);
      if (kind === 'gone') index.deleted.add(path, atom);
    }
  return index;
}

function isNode({ effect }: Atom): boolean {
  return effect.needs.some((need) => need.kind === 'exe' && need.name === 'node');
}

/** The first of commands in order that runs after `id`. */
function firstAfter(id: number, commands: readonly Atom[]): Atom | undefined {
  let low = 0;
  let high = commands.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((commands[middle] as Atom).id <= id) low = middle + 1;
    else high = middle;
  }
  return commands[low];
}

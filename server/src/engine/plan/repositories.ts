/** Commands that set up the repositories which packages are installed from. */
import type { Atom, Write } from '../model/state.ts';
import { isRepositoryFile } from '../simulate/machine.ts';

/**
 * Atoms that set up a repository: the simulation says so, or they fetch a key under another name, and put it in its place. What
 * fetches a package that the same RUN installs is no other thing.
 */
export function repositoryAtoms(atoms: readonly Atom[]): ReadonlySet<number> {
  const out = new Set<number>();
  for (const { id, instruction, effect } of atoms) {
    if (effect.repository) out.add(id);
    if (effect.reads.length === 0 || !(effect.roles.has('install') || putsInPlace(effect.writes))) continue;
    for (let at = id - 1; at >= 0 && atoms[at]?.instruction === instruction; at--) {
      const fetched = atoms[at] as Atom;
      if (!fetched.effect.roles.has('fetch') || !makesOneOf(fetched, effect.reads)) continue;
      out.add(at);
      if (!effect.roles.has('install')) out.add(id);
    }
  }
  return out;
}

function putsInPlace(writes: readonly Write[]): boolean {
  return writes.some(({ kind, path }) => kind !== 'gone' && isRepositoryFile(path));
}

function makesOneOf({ effect }: Atom, paths: readonly string[]): boolean {
  return effect.writes.some(({ kind, path }) => kind === 'file' && paths.includes(path));
}

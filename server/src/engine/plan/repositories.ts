/** Commands that set up the repositories which packages are installed from. */
import type { Atom } from '../model/state.ts';
import { isRepositoryFile } from '../simulate/machine.ts';

/** Atoms that set up a repository: the simulation says so, or they fetch a key under another name, and put it in its place. */
export function repositoryAtoms(atoms: readonly Atom[]): ReadonlySet<number> {
  const out = new Set<number>();
  for (const { id, instruction, effect } of atoms) {
    if (effect.repository) out.add(id);
    if (!effect.roles.has('setup') || effect.reads.length === 0) continue;
    if (!effect.writes.some(({ kind, path }) => kind !== 'gone' && isRepositoryFile(path))) continue;
    for (let at = id - 1; at >= 0 && atoms[at]?.instruction === instruction; at--) {
      const fetched = atoms[at] as Atom;
      if (!fetched.effect.roles.has('fetch') || !makesOneOf(fetched, effect.reads)) continue;
      out.add(id).add(at);
    }
  }
  return out;
}

function makesOneOf({ effect }: Atom, paths: readonly string[]): boolean {
  return effect.writes.some(({ kind, path }) => kind === 'file' && paths.includes(path));
}

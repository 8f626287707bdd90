/** Which commands build, so that the builder must run them. */
import type { Atom, Need } from '../model/state.ts';

/** Whether the runtime stage lacks a command. */
type Lost = (executable: string) => boolean;

/** Atoms that build: they need what leaves, or install what the program depends on. */
export function buildAtoms(atoms: readonly Atom[], lost: Lost, repositories: ReadonlySet<number>): Set<number> {
  const out = new Set<number>();
  for (const atom of atoms) {
    const { roles, needs } = atom.effect;
    if (roles.has('dependencies') || roles.has('build') || roles.has('toolchain')) out.add(atom.id);
    else if (!repositories.has(atom.id) && !roles.has('install') && needsLost(needs, lost)) out.add(atom.id);
  }
  return out;
}

function needsLost(needs: readonly Need[], lost: Lost): boolean {
  for (const need of needs) if (need.kind === 'exe' && need.sure && lost(need.name)) return true;
  return false;
}

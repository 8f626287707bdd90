/** Package files that are installed without the package manager's care for what they depend on. */
import type { Atom } from '../model/state.ts';

/** The first package file whose dependencies nobody brings and nobody has read: they must be in the image already. */
export function unpackedAlone(atoms: readonly Atom[]): { readonly atom: Atom; readonly file: string } | undefined {
  const repair = atoms.findLast(({ effect }) => effect.installs.some((install) => install.repairs === true));
  for (const atom of atoms) {
    const file = atom.effect.installs.find((install) => install.alone !== undefined)?.alone;
    if (file !== undefined && (repair === undefined || repair.id <= atom.id)) return { atom, file };
  }
  return undefined;
}

/** What is said of the original beside a split (design, section 7: `reasons`). */
import { isArchived } from '../facts/archive.ts';
import type { Reason } from '../model/analysis.ts';
import type { Atom, StageBase } from '../model/state.ts';
import { fill, REMARKS } from './registry.ts';

/** The remarks on a file whose base is `root`. */
export function remarksOn(root: StageBase, atoms: readonly Atom[]): readonly Reason[] {
  const { facts } = root;
  if (facts === undefined) return [];
  const out: Reason[] = [];
  const put = (code: keyof typeof REMARKS, values: Readonly<Record<string, string>>): void => {
    out.push({ code, message: `${fill(REMARKS[code].text, values)} ${REMARKS[code].advice}`, span: root.span });
  };
  if (facts.status === 'retired') put('retired-base', { base: root.ref });
  if (isArchived(facts.os) && installsFromMirrors(atoms))
    put('gone-packages', { base: root.ref, release: `${facts.os.id} ${facts.os.release}` });
  return out;
}

/** Packages are installed, and nobody has changed where they come from. */
function installsFromMirrors(atoms: readonly Atom[]): boolean {
  const changed = atoms.some(({ effect }) =>
    effect.writes.some((write) => /^\/etc\/apt\/sources\.list$/.test(write.path)),
  );
  return !changed && atoms.some(({ effect }) => effect.installs.some((install) => install.manager === 'apt'));
}

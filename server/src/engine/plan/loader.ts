/** The loader's cache of the runtime stage. */
import { holdsLibraries, namesDirectories, renewsLoader } from '../demand/loader.ts';
import { refuse, type Refusal } from '../messages/refusals.ts';
import type { Atom } from '../model/state.ts';
import type { Placement } from './place.ts';
import type { PlanInput, RuntimeItem } from './types.ts';

/** `ldconfig` after the copies, where the original renewed the loader's cache after a build had installed libraries. */
export function renewLoader(input: PlanInput, placement: Placement, items: RuntimeItem[]): Refusal | undefined {
  const { state, simulation, file } = input;
  if (state.root.facts?.libc === 'musl') return undefined;
  const anywhere = namesDirectories(state);
  const library = state.writes.all.find(
    (write) => placement.builder.has(write.atom) && holdsLibraries(write, anywhere),
  );
  const renewals = simulation.atoms.filter(
    (atom) => library !== undefined && atom.id >= library.atom && renewsLoader(atom),
  );
  const after = new Set([...placement.afterCopies].map((id) => simulation.atoms[id]?.instruction));
  const comes = (atom: Atom): boolean => atom.instruction > placement.end || after.has(atom.instruction);
  if (renewals.length === 0 || renewals.some((atom) => comes(atom) && !placement.builder.has(atom.id)))
    return undefined;
  const at = items.findIndex((item) => item.kind === 'copies');
  if (at < 0) return undefined;
  const user = items
    .slice(0, at)
    .find((item) => item.kind === 'whole' && file.instructions[item.instruction]?.kind === 'user');
  if (user !== undefined) return refuse('order', simulation.atoms[library?.atom ?? 0]?.span);
  items.splice(at + 1, 0, { kind: 'generated', text: 'RUN ldconfig' });
  return undefined;
}

/**
 * Libraries in /usr/local/lib are found through the loader's cache (ld.so(8)): what
 * renewed it after they came, in the original, renews it after they are copied.
 */
import { holdsLibraries, renewsLoader } from '../demand/loader.ts';
import type { Pair, Side } from './images.ts';
import type { Report } from './report.ts';

/** Compares whether the loader's cache knows the libraries that a build has installed. */
export function checkLoader({ before, after }: Pair, report: Report): void {
  if (before.state.root.facts?.os.id === 'alpine') return;
  const library = before.alive.findLast(holdsLibraries);
  if (library === undefined || !renewedAfter(before, library.atom)) return;
  const arrived = after.alive.findLast(
    (write) => holdsLibraries(write) && (write.key === library.key || write.copied === true),
  );
  if (arrived !== undefined && !renewedAfter(after, arrived.atom))
    report.original('missing-ldconfig', before.simulation.atoms[library.atom]?.span, { path: arrived.path });
}

function renewedAfter(side: Side, atom: number): boolean {
  return side.state.atoms.some((id) => {
    const later = side.simulation.atoms[id];
    return (
      id >= atom &&
      later !== undefined &&
      (id > atom ? renewsLoader(later) : later.effect.commands.includes('ldconfig'))
    );
  });
}

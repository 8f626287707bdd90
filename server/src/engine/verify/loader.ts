/**
 * Libraries in /usr/local/lib are found through the loader's cache (ld.so(8)): what
 * renewed it after they came, in the original, renews it after they are copied.
 */
import { holdsLibraries, namesDirectories, renewsLoader } from '../demand/loader.ts';
import type { Atom } from '../model/state.ts';
import type { Pair, Side } from './images.ts';
import type { Report } from './report.ts';

/** Compares, for each library that a build has installed, whether the loader's cache knows it. */
export function checkLoader({ before, after }: Pair, report: Report): void {
  // The loader of musl has no cache (musl wiki, "Functional differences from glibc").
  if (before.state.root.facts?.libc === 'musl') return;
  const anywhere = namesDirectories(before.state);
  const [had, has] = [lastRenewal(before), lastRenewal(after)];
  for (const library of before.alive) {
    if (!holdsLibraries(library, anywhere) || library.atom > had) continue;
    const arrived = after.alive.findLast(
      (write) => holdsLibraries(write, anywhere) && (write.key === library.key || write.copied === true),
    );
    if (arrived === undefined || arrived.atom <= has) continue;
    report.original('missing-ldconfig', (before.simulation.atoms[library.atom] as Atom).span, { path: arrived.path });
    return;
  }
}

/** The last command of the image that renews the cache; a command may do so for what it brings itself. */
function lastRenewal({ state, simulation }: Side): number {
  return state.atoms.findLast((id) => renewsLoader(simulation.atoms[id] as Atom)) ?? -1;
}

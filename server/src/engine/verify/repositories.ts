/** Rule 3 for repositories: what was set up before a package was installed is set up before it is installed here. */
import type { Atom } from '../model/state.ts';
import { isRepositoryFile } from '../simulate/machine.ts';
import { nameOf } from './commands.ts';
import type { Pair } from './images.ts';
import type { Report } from './report.ts';

/** Checks each installation of the last stage against the one of the original that asked for the same package. */
export function checkRepositories({ before, after }: Pair, report: Report): void {
  const setUps = before.atoms.filter(setsUp);
  if (setUps.length === 0) return;
  const final = after.atoms.filter((atom) => after.final.has(atom.id));
  for (const atom of final) {
    const names = new Set(namesOf(atom));
    if (names.size === 0) continue;
    const own = before.atoms.find((other) => namesOf(other).some((name) => names.has(name)));
    if (own === undefined) continue;
    for (const setUp of setUps) {
      if (setUp.id >= own.id) break;
      const paths = new Set(filesOf(setUp));
      const there = final.some(
        (other) => other.id < atom.id && (other.key === setUp.key || filesOf(other).some((path) => paths.has(path))),
      );
      if (!there)
        report.result('missing-input', atom.span, {
          command: nameOf(atom),
          path: [...paths][0] ?? 'its repository',
        });
    }
  }
}

function setsUp(atom: Atom): boolean {
  return atom.effect.repository || filesOf(atom).length > 0;
}

function filesOf(atom: Atom): string[] {
  return atom.effect.writes
    .filter((write) => write.kind !== 'gone' && isRepositoryFile(write.path))
    .map(({ path }) => path);
}

function namesOf(atom: Atom): string[] {
  return atom.effect.installs.flatMap((install) => install.words.map((word) => word.name));
}

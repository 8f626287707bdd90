/**
 * Rule 3 for the package manager: its repositories and settings of before a package was installed are there before it is
 * installed here, and what is held at its version stays held.
 */
import type { Atom } from '../model/state.ts';
import { isRepositoryFile } from '../simulate/machine.ts';
import { nameOf } from './commands.ts';
import { indexAt } from './installs.ts';
import type { Pair } from './images.ts';
import type { Report } from './report.ts';

/** Files that say what is installed and from where (apt.conf(5), apt_preferences(5), sources.list(5), apk-repositories(5)). */
const SETTINGS = /^\/etc\/(apt\/(apt\.conf|preferences|sources\.list)(\.d(\/|$)|$)|apk\/(repositories|arch)$)/;

/** Checks each installation of the last stage against the one of the original that asked for the same package. */
export function checkRepositories({ before, after }: Pair, report: Report): void {
  checkHolds({ before, after }, report);
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

/** `apt-mark hold` of a package that is still there keeps it at its version, whoever installs later (apt-mark(8)). */
function checkHolds({ before, after }: Pick<Pair, 'before' | 'after'>, report: Report): void {
  for (const atom of before.atoms) {
    const held = atom.effect.held.find((name) => after.packages.has(name));
    if (held !== undefined && !after.finalKeys.has(atom.key))
      report.original('lost-path', atom.span, { path: `The hold on ${held}`, writer: `set by \`${nameOf(atom)}\`` });
  }
  for (const atom of after.atoms) {
    // Tried with apt 2.6: of a package that is neither there nor in an index it fails.
    const gone = after.final.has(atom.id) && !indexAt(atom, after) && atom.effect.held.find((name) => isGone(name));
    if (typeof gone === 'string') report.result('missing-input', atom.span, { command: nameOf(atom), path: gone });
  }
  function isGone(name: string): boolean {
    return before.packages.has(name) && !after.packages.has(name);
  }
}

function setsUp(atom: Atom): boolean {
  return atom.effect.repository || filesOf(atom).length > 0;
}

function filesOf(atom: Atom): string[] {
  return atom.effect.writes
    .filter(({ kind, path }) => kind !== 'gone' && kind !== 'meta' && (isRepositoryFile(path) || SETTINGS.test(path)))
    .map(({ path }) => path);
}

function namesOf(atom: Atom): string[] {
  return atom.effect.installs.flatMap((install) => install.words.map((word) => word.name));
}

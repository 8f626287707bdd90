/**
 * Rule 3 for the package manager: its repositories and settings of before a package was installed are there before it is
 * installed here, and what is held at its version stays held.
 */
import { countWhile } from '../model/sorted.ts';
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
  const final = after.atoms.filter((atom) => after.final.has(atom.id));
  const setUps = setUpsOf(before.atoms, final);
  if (setUps.length === 0) return;
  const first = new Map<string, number>();
  for (const atom of before.atoms) for (const name of namesOf(atom)) if (!first.has(name)) first.set(name, atom.id);
  for (const atom of final) {
    const own = Math.min(...namesOf(atom).map((name) => first.get(name) ?? Number.POSITIVE_INFINITY));
    if (own === Number.POSITIVE_INFINITY || lastOf(setUps, own) < atom.id) continue;
    for (const { id, here, path } of setUps) {
      if (id >= own) break;
      if (here >= atom.id)
        report.result('missing-input', atom.span, { command: nameOf(atom), path: path ?? 'its repository' });
    }
  }
}

/** A command of the original that sets up a repository, or how the package manager works. */
interface SetUp {
  readonly id: number;
  /** The first command of the last stage that does the same, or writes one of the same files. */
  readonly here: number;
  /** The last of those of this command and all before it. */
  readonly all: number;
  readonly path: string | undefined;
}

function setUpsOf(atoms: readonly Atom[], final: readonly Atom[]): readonly SetUp[] {
  const own = atoms.filter(setsUp);
  if (own.length === 0) return [];
  const byKey = new Map<string, number>();
  const byPath = new Map<string, number>();
  for (const atom of final) {
    if (!byKey.has(atom.key)) byKey.set(atom.key, atom.id);
    for (const path of filesOf(atom)) if (!byPath.has(path)) byPath.set(path, atom.id);
  }
  let all = Number.NEGATIVE_INFINITY;
  return own.map((atom) => {
    const paths = filesOf(atom);
    const found = [byKey.get(atom.key), ...paths.map((path) => byPath.get(path))];
    const here = Math.min(...found.map((id) => id ?? Number.POSITIVE_INFINITY));
    all = Math.max(all, here);
    return { id: atom.id, here, all, path: paths[0] };
  });
}

/** When all set-ups that the original has before the command `own` are there. */
function lastOf(setUps: readonly SetUp[], own: number): number {
  return setUps[countWhile(setUps, ({ id }) => id < own) - 1]?.all ?? Number.NEGATIVE_INFINITY;
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

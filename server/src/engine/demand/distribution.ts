/** What programs take from the distribution's own Python, when their packages are installed beside it. */
import { isPythonImage } from '../facts/bases.ts';
import type { Facts } from '../facts/index.ts';
import type { Atom, ImageState } from '../model/state.ts';
import type { Entry } from './entry.ts';

/** Modules that pip does not install again where Debian's packages have them (they come with python3-pip). */
const MODULES =
  /^python3?-(setuptools|pkg-resources|distutils|six|requests|urllib3|chardet|certifi|idna|yaml|cffi|cffi-backend)$/;

/** Those of `names` that installed packages may import: pip found them already there. */
export function importedModules(
  atoms: readonly Atom[],
  state: ImageState,
  facts: Facts,
  names: readonly string[],
): readonly string[] {
  if (!usesDistributionPython(atoms, state)) return [];
  const os = state.root.facts?.os;
  const python = os === undefined ? undefined : facts.python3Of(os);
  return names.filter(
    (name) => MODULES.test(name) && !(name === 'python3-distutils' && python !== undefined && !python.distutils),
  );
}

/** Packages of the interpreters that installed packages run on. */
export function interpretersOf(atoms: readonly Atom[], state: ImageState): readonly string[] {
  if (!usesDistributionPython(atoms, state)) return [];
  const writes = atoms.flatMap((atom) => atom.effect.writes);
  // Where two versions are at hand, either may be the one.
  if (writes.some((write) => write.path === '/usr/local/lib')) return ['python3', 'python'];
  return writes.some((write) => /python2\.7\/dist-packages$/.test(write.path)) ? ['python'] : ['python3'];
}

/** Asked several times of the same simulation. */
const answers = new WeakMap<readonly Atom[], boolean>();

function usesDistributionPython(atoms: readonly Atom[], state: ImageState): boolean {
  let answer = answers.get(atoms);
  if (answer === undefined) {
    answer = installsBesideDistribution(atoms, state);
    answers.set(atoms, answer);
  }
  return answer;
}

function installsBesideDistribution(atoms: readonly Atom[], { root: { facts } }: ImageState): boolean {
  const official = facts !== undefined && isPythonImage(facts.image, facts.from);
  for (const { effect } of atoms)
    for (const { path, class: kind } of effect.writes) {
      if (path.endsWith('/dist-packages')) return true;
      if (!official && kind === 'dependencies' && path === '/usr/local/lib') return true;
    }
  return false;
}

/** A command of the container, or the script that it starts, names the distribution's Python by its path. */
export function startsDistributionPython(entry: Entry): boolean {
  return entry.commands.some(({ argv }) => argv.some((word) => /^(\/usr)?\/bin\/python[\d.]*$/.test(word)));
}

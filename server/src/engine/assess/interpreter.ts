/**
 * Python that is there for node-gyp alone: it stands beside the compilers, an installation of
 * npm packages may call it to compile, and nothing else in the file runs Python.
 */
import { NODE_GYP } from '../ecosystems/node/install.ts';
import type { Facts } from '../facts/index.ts';
import { baseName } from '../model/path.ts';
import type { Atom, ImageState } from '../model/state.ts';
import type { Entry } from '../demand/entry.ts';

const PYTHON =
  /^(python([23](\.\d+)?)?|python-is-python[23]|python[23]?-minimal|py3?-pip|python[23]?-(pip|setuptools))$/;

/** Names of packages that brought Python only to build native modules of Node. */
export function pythonOfBuilds(
  state: ImageState,
  atoms: readonly Atom[],
  entry: Entry,
  facts: Facts,
): ReadonlySet<string> {
  const out = new Set<string>();
  const asked = [...state.packages.values()].filter((one) => one.by === 'asked');
  const names = asked.filter((one) => PYTHON.test(one.name));
  if (names.length === 0 || usesPython(state, atoms, entry)) return out;
  const os = state.root.facts?.os;
  const compiles = new Set(
    asked
      .filter((one) => {
        const { class: kind, group } = facts.classify(os, one.name);
        return kind === 'build-only' && (group === 'compiler' || group === 'debian-packaging');
      })
      .map((one) => atoms[one.atom ?? -1]?.instruction),
  );
  for (const one of names) if (compiles.has(atoms[one.atom ?? -1]?.instruction)) out.add(one.name);
  return out;
}

function usesPython(state: ImageState, atoms: readonly Atom[], entry: Entry): boolean {
  let gyp = false;
  for (const { effect } of atoms) {
    for (const need of effect.needs) {
      if (need.kind !== 'exe' || !/^python/.test(need.name)) continue;
      if (need.why === NODE_GYP) gyp = true;
      else return true;
    }
    if (effect.commands.some((name) => /^(python|pip|pypy)[\d.]*$/.test(baseName(name)))) return true;
  }
  if (!gyp) return true;
  // What an unread script calls, nobody knows: a doubt is settled by keeping.
  if (entry.unread.length > 0) return true;
  if (state.dependencies.some((one) => one.ecosystem === 'python')) return true;
  if (state.unread.some((one) => one.ecosystem === 'python')) return true;
  return entry.commands.some(({ argv }) => argv.some((word) => /(^|\/)python[\d.]*$|\.py$/.test(word)));
}

/** What an installation brings. */
import type { PackageIndex } from './types.ts';

/** Why a package is there; `because` is the package that asked for it, itself when it was asked for. */
export interface Brought {
  readonly by: 'asked' | 'depends' | 'recommends';
  readonly because: string;
}

interface Options {
  readonly recommends: boolean;
  readonly have: ReadonlySet<string>;
}

/**
 * The packages that an installation adds, in the order in which they are met: breadth first,
 * Depends before Recommends (apt-get(8), install; apt_preferences are not looked at).
 * @param have packages that are there; only `names` themselves are reported again
 * @returns also names that the index does not know, when they were asked for
 */
export function closure(index: PackageIndex, names: Iterable<string>, options: Options): Map<string, Brought> {
  const asked = [...names];
  const choices: (readonly string[])[] = [];
  const all = reached(index, asked, options, undefined, choices);
  if (!choices.some((others) => others.some((name) => all.has(name) || options.have.has(name)))) return all;
  return reached(index, asked, options, chosen(index, asked, options), []);
}

/** Breadth first, each with its first alternative; `only`: nothing else. `choices`: the other alternatives that were met. */
function reached(
  index: PackageIndex,
  asked: readonly string[],
  options: Options,
  only: ReadonlySet<string> | undefined,
  choices: (readonly string[])[],
): Map<string, Brought> {
  const out = new Map<string, Brought>();
  for (const name of asked) out.set(name, { by: 'asked', because: name });
  let front = [...out.keys()];
  while (front.length > 0) {
    const next: string[] = [];
    const add = (by: 'depends' | 'recommends'): void => {
      for (const because of front) {
        const found = index.get(because);
        for (const name of found?.[by] ?? []) {
          if (out.has(name) || options.have.has(name)) continue;
          const others = found?.others?.get(name);
          if (others !== undefined) choices.push(others);
          if (only?.has(name) === false) continue;
          out.set(name, { by, because });
          next.push(name);
        }
      }
    };
    add('depends');
    if (options.recommends) add('recommends');
    front = next;
  }
  return out;
}

/**
 * What apt takes where several packages satisfy a relation: it follows one package after the other into the depth, first
 * what nothing else satisfies, then what is a choice; there the first alternative, unless one is there by then
 * (compared with apt 2.6 for the packages that Dockerfiles name).
 */
function chosen(index: PackageIndex, asked: readonly string[], options: Options): Set<string> {
  const out = new Set(asked);
  const there = (name: string): boolean => out.has(name) || options.have.has(name);
  const follow = (because: string): void => {
    const found = index.get(because);
    if (found === undefined) return;
    const { depends, recommends, others } = found;
    const choices = others === undefined ? [] : depends.filter((name) => others.has(name));
    const first = choices.length === 0 ? depends : depends.filter((name) => others?.has(name) !== true);
    for (const name of [...first, ...choices, ...(options.recommends ? recommends : [])]) {
      if (there(name) || others?.get(name)?.some(there) === true) continue;
      out.add(name);
      follow(name);
    }
  };
  for (const name of asked) follow(name);
  return out;
}

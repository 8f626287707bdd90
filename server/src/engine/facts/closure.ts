/** What an installation brings. */
import type { PackageIndex } from './types.ts';

/** Why a package is there; `because` is the package that asked for it, itself when it was asked for. */
export interface Brought {
  readonly by: 'asked' | 'depends' | 'recommends';
  readonly because: string;
}

/**
 * The packages that an installation adds, in the order in which they are met: breadth first,
 * Depends before Recommends (apt-get(8), install; apt_preferences are not looked at).
 * @param have packages that are there; only `names` themselves are reported again
 * @returns also names that the index does not know, when they were asked for
 */
export function closure(
  index: PackageIndex,
  names: Iterable<string>,
  options: { readonly recommends: boolean; readonly have: ReadonlySet<string> },
): Map<string, Brought> {
  const out = new Map<string, Brought>();
  for (const name of names) out.set(name, { by: 'asked', because: name });
  let front = [...out.keys()];
  while (front.length > 0) {
    const next: string[] = [];
    const add = (name: string, by: 'depends' | 'recommends', because: string): void => {
      if (out.has(name) || options.have.has(name)) return;
      out.set(name, { by, because });
      next.push(name);
    };
    for (const name of front) for (const other of index.get(name)?.depends ?? []) add(other, 'depends', name);
    if (options.recommends) {
      for (const name of front) for (const other of index.get(name)?.recommends ?? []) add(other, 'recommends', name);
    }
    front = next;
  }
  return out;
}

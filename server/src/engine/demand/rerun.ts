/** Programs of a build that cannot run a second time: what they work with is taken away afterwards. */
import { isBelow } from '../model/path.ts';
import type { Atom } from '../model/state.ts';

/** The directory a program ran in, as its key states it. */
export function placeOf({ key }: Atom): string | undefined {
  return / @(\/[^ ]*)/.exec(key)?.[1];
}

/**
 * The first later command that takes away what a program reads: files that it names, and of a Node program anything
 * below its directory (`npm prune`, `rm -rf src node_modules`).
 */
export function undoneBy(atom: Atom, atoms: readonly Atom[]): Atom | undefined {
  const place = placeOf(atom);
  const node = atom.effect.needs.some((need) => need.kind === 'exe' && need.name === 'node');
  return atoms.find(
    (later) =>
      later.id > atom.id &&
      later.effect.writes.some(
        ({ kind, path, class: use, sure }) =>
          sure &&
          use !== 'cache' &&
          ((kind === 'gone' && atom.effect.reads.some((read) => isBelow(read, path))) ||
            (node &&
              (kind === 'gone' || kind === 'edit') &&
              place !== undefined &&
              place !== '/' &&
              isBelow(path, place))),
      ),
  );
}

/**
 * Libraries that the container is told of by a name without a version (`libgdal.so` beside libgdal.so.32): a link that only
 * the -dev package has (Debian Policy, 8.4; Alpine's abuild does the same).
 */
import type { ImageState } from '../model/state.ts';
import type { Entry } from './entry.ts';
import type { Program } from './program.ts';

const LINK = /(\/[\w./+-]*\/)?(lib[\w.+-]*?\.so)(?![\w.])/g;
const SYSTEM = /^\/(usr\/)?lib(64|\/\w+-linux-\w+)?\/$/;

/** Link names in what configures or starts the container, and in the program's sources, with who says each. */
export function linkNames(state: ImageState, entry: Entry, program: Program): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  const own = (path: string): boolean =>
    state.writes.index.exactly(path).some(({ kind }) => kind !== 'gone' && kind !== 'meta');
  const scan = (text: string, by: string): void => {
    for (const [path, place, name] of linksIn(text))
      if ((place === undefined || SYSTEM.test(place)) && !own(path)) out.set(name, by);
  };
  for (const text of program.links) scan(text, 'the program');
  for (const text of entry.texts) scan(text, 'a script');
  for (const [name, { value }] of state.config.env) scan(value.text, name);
  return out;
}

/** Paths or names of libraries without a version: whole, the place, the name. */
export function linksIn(text: string): readonly [whole: string, place: string | undefined, name: string][] {
  if (!text.includes('.so')) return [];
  return [...text.matchAll(LINK)].map(([whole, place, name]) => [whole, place, name as string]);
}

/** The -dev package, with the libraries that stand for it, is the one that has the link. */
export function hasLink(name: string, link: string, libraries: readonly string[]): boolean {
  const stem = link.slice(0, -'.so'.length).toLowerCase().replaceAll('_', '-');
  const begins = (one: string, with_: string): boolean =>
    one.startsWith(with_) && !/^[a-z]/.test(one.slice(with_.length));
  return [name, ...libraries].some((one) => begins(one, stem) || begins(one, stem.slice('lib'.length)));
}

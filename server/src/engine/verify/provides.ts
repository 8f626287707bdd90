/** Which commands an image has: by its packages, its base, the files that were written. */
import { hasOwnPython } from '../facts/bases.ts';
import type { Facts } from '../facts/index.ts';
import type { PackageIndex } from '../facts/types.ts';
import { joinPath } from '../model/path.ts';
import type { ConfigValue, Write } from '../model/state.ts';
import type { Value } from '../model/value.ts';
import { aliveIndex, type Placed } from './alive.ts';
import type { Side } from './images.ts';

/** A package, the base or a written file certainly provides the command; with `before`, one that was there by then. */
export function provides(side: Side, name: string, facts: Facts, before = Number.POSITIVE_INFINITY): boolean {
  return fromPackages(side, name, facts, before) || fromBase(side, name) || fromFiles(side, name, true, before);
}

/** Like `provides`, by anything that may; with `before`, only by what an earlier command brought. */
export function mayProvide(side: Side, name: string, facts: Facts, before = Number.POSITIVE_INFINITY): boolean {
  return (
    fromPackages(side, name, facts, before) ||
    fromBase(side, name) ||
    fromFiles(side, name, false, before) ||
    side.state.root.facts === undefined
  );
}

/** A package has a program of this name, that was installed by then. */
export function fromPackages(side: Side, name: string, facts: Facts, before = Number.POSITIVE_INFINITY): boolean {
  const isInstalled = (one: string): boolean =>
    side.packages.has(one) && (side.state.packages.get(one)?.atom ?? -1) < before;
  return isInstalled(name) || indexOf(side, facts)?.providers(name).some(isInstalled) === true;
}

/** The packages of the side's release, as far as they are listed. */
export function indexOf({ state }: Side, facts: Facts): PackageIndex | undefined {
  const os = state.root.facts?.os;
  return os === undefined ? undefined : facts.packageIndex(os)?.index;
}

/** The base brings the command, not by a package that is known. */
export function fromBase(side: Side, name: string): boolean {
  const base = side.state.root.facts;
  return base !== undefined && (base.tools.includes(name) || base.compilers.includes(name) || hasOwnPython(base, name));
}

function fromFiles(side: Side, name: string, sure: boolean, before = Number.POSITIVE_INFINITY): boolean {
  const index = aliveIndex(side);
  const isThere = ({ write }: Placed): boolean => makes(write) && write.atom < before && (write.sure || !sure);
  for (const place of placesOf(name, side)) if (index.exactly(place).some(isThere)) return true;
  if (sure) return false;
  const mayHold = (one: Placed): boolean => one.write.kind === 'tree' && isThere(one);
  return searchPath(side).some((directory) => index.upwards(directory, (writes) => writes.some(mayHold)));
}

/** The directories of PATH in the last image; every image has one. */
export function searchPath({ state }: Side): readonly string[] {
  return (state.config.env.get('PATH') as ConfigValue<Value>).value.text.split(':');
}

/** The paths at which PATH finds a command. */
export function placesOf(name: string, side: Side): ReadonlySet<string> {
  return new Set(searchPath(side).map((directory) => joinPath(directory, name)));
}

/** Afterwards something is at its path. */
export function makes({ kind }: Write): boolean {
  return kind !== 'gone' && kind !== 'meta';
}

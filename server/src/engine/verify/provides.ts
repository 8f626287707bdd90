/** Which commands an image has: by its packages, its base, the files that were written. */
import { hasOwnPython } from '../facts/bases.ts';
import type { Facts } from '../facts/index.ts';
import { baseName } from '../model/path.ts';
import type { Side } from './images.ts';

/** A package, the base or a written file certainly provides the command. */
export function provides(side: Side, name: string, facts: Facts): boolean {
  return fromPackages(side, name, facts) || fromBase(side, name) || fromFiles(side, name, true);
}

/** Like `provides`, by anything that may; with `before`, only by what an earlier command brought. */
export function mayProvide(side: Side, name: string, facts: Facts, before = Number.POSITIVE_INFINITY): boolean {
  return (
    fromPackages(side, name, facts) ||
    fromBase(side, name) ||
    fromFiles(side, name, false, before) ||
    (side.state.root.facts === undefined && side.state.root.ref !== 'scratch')
  );
}

/** An installed package has a program of this name. */
export function fromPackages(side: Side, name: string, facts: Facts): boolean {
  const os = side.state.root.facts?.os;
  const index = os === undefined ? undefined : facts.packageIndex(os)?.index;
  if (side.packages.has(name)) return true;
  return index?.providers(name).some((one) => side.packages.has(one)) ?? false;
}

/** The base brings the command, not by a package that is known. */
export function fromBase(side: Side, name: string): boolean {
  const base = side.state.root.facts;
  if (base === undefined) return false;
  return base.tools.includes(name) || base.compilers.includes(name) || hasOwnPython(base, name);
}

function fromFiles(side: Side, name: string, sure: boolean, before = Number.POSITIVE_INFINITY): boolean {
  const search = (side.state.config.env.get('PATH')?.value.text ?? '').split(':');
  return side.alive.some((write) => {
    if (write.kind === 'gone' || write.kind === 'meta' || (sure && !write.sure) || write.atom >= before) return false;
    if (baseName(write.path) === name && search.includes(write.path.slice(0, -name.length - 1))) return true;
    return (
      !sure &&
      write.kind === 'tree' &&
      search.some((directory) => directory === write.path || directory.startsWith(`${write.path}/`))
    );
  });
}

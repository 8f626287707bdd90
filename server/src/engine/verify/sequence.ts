/**
 * Rule 6 for files of packages: what changes files of the system, or adds a user, does so after the packages that stood
 * before it. dpkg would bring a deleted file again, ask about a changed one, and number a user differently.
 */
import type { Atom } from '../model/state.ts';
import { textOf } from './commands.ts';
import type { Pair } from './images.ts';
import type { Report } from './report.ts';

/** Where packages have their files (Debian Policy 9.1.2: nothing of theirs is below /usr/local). */
const OF_PACKAGES = /^\/(etc|bin|sbin|lib|usr(?!\/local)|var\/(lib|www|spool))(\/|$)/;
/** The package manager's own, which stands before installations. */
const OF_THE_MANAGER = /^\/(etc\/(apt|apk|ssl|ld\.so)|var\/lib\/(apt|dpkg)|usr\/share\/keyrings)/;

/** Checks each command of the last stage against the packages that the original had asked for by then. */
export function checkSequence({ before, after }: Pair, report: Report): void {
  const here = after.atoms.filter(({ id }) => after.final.has(id));
  const installed = new Map(here.flatMap((atom) => wordsOf(atom).map((name) => [name, atom])));
  const touching = new Map(here.filter(touchesPackages).map((atom) => [atom.key, atom]));
  /** Of the installations of the last stage the one that ends what the original has asked for so far. */
  let ready: Atom | undefined;
  for (const own of before.atoms) {
    const atom = touching.get(own.key);
    if (atom !== undefined && ready !== undefined && ready.id > atom.id)
      report.original('order', own.span, {
        path: atom.effect.writes.find(isOfPackages)?.path ?? '/etc/passwd',
        later: `\`${textOf(atom, after.file.text)}\``,
        earlier: `\`${textOf(ready, after.file.text)}\``,
      });
    for (const name of wordsOf(own)) {
      const one = installed.get(name);
      if (one !== undefined && one.id > (ready?.id ?? -1)) ready = one;
    }
  }
}

function wordsOf({ effect }: Atom): string[] {
  return effect.installs.flatMap(({ words }) => words.map(({ name }) => name));
}

function touchesPackages({ effect, key }: Atom): boolean {
  const { roles } = effect;
  if (['install', 'scaffold', 'copy-stage'].some((role) => roles.has(role as never))) return false;
  // A user with a number of its own gets it whatever is there.
  return (roles.has('principal') && !/ (-u|--uid|-g|--gid)[ =]?\d/.test(key)) || effect.writes.some(isOfPackages);
}

function isOfPackages({ path, class: use, sure }: Atom['effect']['writes'][number]): boolean {
  return sure && use !== 'cache' && OF_PACKAGES.test(path) && !OF_THE_MANAGER.test(path);
}

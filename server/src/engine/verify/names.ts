/** Rule 4 for names of users and groups: whoever a command of the last stage gives a file to is there by then. */
import type { Atom } from '../model/state.ts';
import { textOf } from './commands.ts';
import type { Pair } from './images.ts';
import type { Report } from './report.ts';

/** Checks each command of the last stage that names an owner: what made the name in the original stands before it. */
export function checkNames({ before, after }: Pair, report: Report): void {
  const here = after.state.atoms.map((id) => after.simulation.atoms[id] as Atom);
  const made = new Set(before.atoms.flatMap(namesMade));
  const makes = new Set(here.flatMap(namesMade));
  const there = new Set<string>();
  const installed = new Set<string>();
  const brought = broughtBy(before, after.packages);
  for (const atom of here) {
    for (const name of namesMade(atom)) there.add(name);
    for (const name of wordsOf(atom)) installed.add(name);
    for (const name of namesUsed(atom)) {
      // What is never made is lost, which is said elsewhere.
      if (there.has(name) || (made.has(name) && !makes.has(name))) continue;
      const original = before.byKey.get(atom.key)?.at(-1);
      const missing = made.has(name)
        ? `the user or group ${name}`
        : original !== undefined && !isKnown(name, before)
          ? brought.find(({ id, name: one }) => id < original.id && !installed.has(one))?.name
          : undefined;
      if (missing === undefined) continue;
      report.result('missing-input', atom.span, { command: textOf(atom, after.file.text), path: missing });
      break;
    }
  }
}

/** The base has it; every other name that no command makes comes with some package. */
function isKnown(name: string, { state }: Pair['before']): boolean {
  return ['user', 'group'].some((kind) => state.principals.get(`${kind}:${name}`)?.from === 'base');
}

function namesMade({ effect }: Atom): string[] {
  return effect.principals.map(({ name }) => name);
}

/** Names of owners, as `chown`, `--chown` and `install -o` give them; COPY --from keeps numbers. */
function namesUsed({ effect, key }: Atom): Set<string> {
  const owners = effect.roles.has('copy-stage')
    ? [/ --chown=(\S+)/.exec(key)?.[1]]
    : effect.writes.map(({ owner }) => owner);
  return new Set(owners.flatMap((owner) => owner?.split(/[:.]/) ?? []).filter((name) => /^[a-z_][\w-]*$/i.test(name)));
}

function wordsOf({ effect }: Atom): string[] {
  return effect.installs.flatMap((install) => install.words.map(({ name }) => name));
}

/** Packages of the last image that the original asks for, and where it first does. */
function broughtBy({ atoms }: Pair['before'], has: ReadonlySet<string>): readonly { id: number; name: string }[] {
  const first = new Map<string, number>();
  for (const atom of atoms)
    for (const name of wordsOf(atom)) if (has.has(name) && !first.has(name)) first.set(name, atom.id);
  return [...first].map(([name, id]) => ({ name, id }));
}

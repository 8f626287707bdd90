/** What parts of a script that may not run leave in the shell. */
import { joinPath } from '../model/path.ts';
import { openValue, union, type Value } from '../model/value.ts';
import type { Machine } from './machine.ts';

/** A body that may not run: what it leaves in variables, and where, nobody knows. */
export function perhaps(machine: Machine, body: () => void): void {
  const { cwd, vars } = machine;
  const before = new Map(vars);
  machine.maybe++;
  body();
  machine.maybe--;
  blur(machine, before);
  if (machine.cwd.text !== cwd.text)
    machine.cwd = { text: joinPath(cwd.text, '${PWD}'), open: union(cwd.open, ['PWD']), args: cwd.args };
}

/** Variables that are not what they were have a value that nobody knows; the search path keeps what it was given. */
function blur(machine: Machine, before: ReadonlyMap<string, Value>): void {
  const { vars } = machine;
  for (const [name, value] of vars)
    if (/^[A-Za-z_]\w*$/.test(name) && !KEPT.has(name) && before.get(name)?.text !== value.text)
      vars.set(name, openValue(name));
  for (const name of before.keys()) if (!vars.has(name) && !KEPT.has(name)) vars.set(name, openValue(name));
}

const KEPT: ReadonlySet<string> = new Set(['PATH', 'VIRTUAL_ENV', 'OLDPWD']);

/** Bodies of which one runs, if any: each begins where the first one did. */
export function alternately(machine: Machine, bodies: readonly (() => void)[]): void {
  const { cwd } = machine;
  const before = new Map(machine.vars);
  const after = new Map(before);
  let last = cwd;
  for (const body of bodies) {
    machine.cwd = cwd;
    refill(machine.vars, before);
    perhaps(machine, body);
    for (const [name, value] of machine.vars) if (value !== before.get(name)) after.set(name, value);
    if (machine.cwd.text !== cwd.text) last = machine.cwd;
  }
  refill(machine.vars, after);
  machine.cwd = last;
}

function refill<K, V>(map: Map<K, V>, content: ReadonlyMap<K, V>): void {
  map.clear();
  for (const [key, value] of content) map.set(key, value);
}

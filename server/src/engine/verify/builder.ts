/**
 * Rule 3 for the builder: it is the original up to its last build step. A command that only
 * runs there does the same when everything that the original ran before it ran before it too:
 * tools were installed, variables set, sources copied.
 */
import type { Atom } from '../model/state.ts';
import { textOf } from './commands.ts';
import type { Pair } from './images.ts';
import type { Report } from './report.ts';

/** Instructions that say how the container runs; no command of a build reads them (Dockerfile reference). */
const OF_THE_CONTAINER =
  /^(FROM|CMD|ENTRYPOINT|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|STOPSIGNAL|VOLUME|ONBUILD|USER|WORKDIR)\b/i;

/** Checks that each builder runs what the original ran before its last build step, in that order. */
export function checkBuilder({ before, after }: Pair, report: Report): void {
  const stages = after.simulation.stages.filter(({ index }) => after.reachable.has(index));
  const chains = stages.filter(({ state }) => state !== after.state).map(({ state }) => state.atoms);
  const atoms = chains.flatMap((ids) => ids.map((id) => after.simulation.atoms[id] as Atom));
  const there = new Set(atoms.map((atom) => atom.key));
  const last = before.atoms.findLast((atom) => there.has(atom.key) && !after.finalKeys.has(atom.key) && builds(atom));
  if (last === undefined) return;
  // With several builders only their union is known to hold everything; one has an order as well.
  const order = chains.length === 1 ? places(atoms) : undefined;
  let reached = -1;
  for (const atom of before.atoms) {
    if (atom.id >= last.id) break;
    if (OF_THE_CONTAINER.test(atom.key)) continue;
    const next = order?.get(atom.key)?.find((at) => at > reached);
    if (!there.has(atom.key) || (order !== undefined && next === undefined))
      report.original('lost-command', atom.span, { command: textOf(atom, before.file.text) });
    else if (next !== undefined) reached = next;
  }
}

/** Where each key stands, in order: the same words may stand more than once. */
function places(atoms: readonly Atom[]): ReadonlyMap<string, readonly number[]> {
  const out = new Map<string, number[]>();
  atoms.forEach((atom, at) => {
    const list = out.get(atom.key);
    if (list === undefined) out.set(atom.key, [at]);
    else list.push(at);
  });
  return out;
}

/** It makes something: a copy or a variable alone needs nothing before it. */
function builds({ effect }: Atom): boolean {
  return ['dependencies', 'build', 'toolchain', 'program', 'opaque', 'fetch', 'setup', 'cleanup'].some((role) =>
    effect.roles.has(role as never),
  );
}

/** Package records that every manager keeps in the same way. */
import type { InstallWord, PackageRecord } from '../model/state.ts';
import { broughtBeside } from '../facts/names.ts';
import type { Machine } from '../simulate/machine.ts';

/** Adds the packages with all that they bring, by the index of the base's release; returns every name that is new. */
export function addPackages(
  machine: Machine,
  names: readonly string[],
  recommends: boolean,
  words: readonly InstallWord[] | undefined,
  group?: string,
): string[] {
  const { state, facts } = machine;
  const os = state.root.facts?.os;
  const base = state.root.facts === undefined ? undefined : facts.packagesOfBase(state.root.facts);
  const added: string[] = [];
  // What is installed brings nothing, not even its Recommends (tried: `apt-get install bash`).
  const there = new Set(names.filter((name) => state.packages.has(name)));
  if (base !== undefined)
    for (const name of names) if (base.has(name) && !state.removedFromBase.has(name)) there.add(name);
  const put = (record: PackageRecord): void => {
    const known = state.packages.get(record.name);
    if (known !== undefined && (known.by === 'asked' || record.by !== 'asked')) return;
    if (known === undefined) added.push(record.name);
    state.packages.set(record.name, record);
    state.removedFromBase.delete(record.name);
  };
  names.forEach((name, at) => {
    const span = words?.[at]?.span;
    put({
      name,
      by: 'asked',
      atom: machine.atom,
      recommends,
      ...(span === undefined ? {} : { span }),
      ...(group === undefined ? {} : { group }),
    });
  });
  const found = os === undefined ? undefined : facts.packageIndex(os);
  if (os === undefined || found === undefined) return added;
  const { index } = found;
  const have = new Set<string>(base ?? index.minbase);
  for (const name of state.removedFromBase) have.delete(name);
  for (const name of state.packages.keys()) if (!names.includes(name)) have.add(name);
  const fresh = names.filter((name) => !there.has(name));
  for (const [name, brought] of facts.closure(index, fresh, { recommends, have })) {
    if (brought.by !== 'asked') put({ name, by: brought.by, because: brought.because, atom: machine.atom });
    if (!found.approximate) continue;
    for (const beside of broughtBeside(os, name))
      if (!have.has(beside)) put({ name: beside, by: 'depends', because: name, atom: machine.atom });
  }
  return added;
}

/** Deletes what was installed for others that are gone. Recommends keep a package (APT::AutoRemove::RecommendsImportant). */
export function dropOrphans(machine: Machine): void {
  const { state, facts } = machine;
  const os = state.root.facts?.os;
  const index = os === undefined ? undefined : facts.packageIndex(os)?.index;
  const asked = [...state.packages.values()].filter((record) => record.by === 'asked').map((record) => record.name);
  const keep = new Set(asked);
  if (index !== undefined) {
    // All that satisfies a relation of what stays, not only what was taken for it.
    for (const name of keep) {
      const found = index.get(name);
      for (const first of [...(found?.depends ?? []), ...(found?.recommends ?? [])]) {
        const others = found?.others?.get(first)?.filter((other) => state.packages.has(other)) ?? [];
        for (const other of others) keep.add(other);
        if (others.length === 0 || state.packages.has(first)) keep.add(first);
      }
    }
  } else {
    for (const record of state.packages.values())
      if (record.because !== undefined && keep.has(record.because)) keep.add(record.name);
  }
  for (const name of [...state.packages.keys()]) {
    if (keep.has(name)) continue;
    state.packages.delete(name);
    machine.effect.removed.push(name);
  }
}

/** Whether the runtime stage can repeat a command of the builder's part of the file: what it works with is there, and was not worked on yet. */
import { isShared, mayBring } from '../facts/packageFiles.ts';
import { baseName } from '../model/path.ts';
import type { Atom, Write } from '../model/state.ts';
import { baseHolds } from '../simulate/base.ts';
import type { Draft, PlaceInput } from './draft.ts';
import { isCovered } from './roots.ts';

/** A file of the original base that another base may lack: it cannot be edited or deleted there without looking. */
export function foreignFile(atom: Atom, { input, history }: Draft): string | undefined {
  if (input.sameBase) return undefined;
  for (const path of atom.effect.reads) {
    if (isShared(path) || !baseHolds(input.state, path)) continue;
    if (history.lastWriter(path, atom.id) === undefined && !isBrought(path, input)) return path;
  }
  return undefined;
}

/** A package or command of the runtime stage is what the file belongs to. */
function isBrought(path: string, { packages, lost }: PlaceInput): boolean {
  if (/^(\/usr)?\/s?bin\/[^/]+$/.test(path)) return !lost(baseName(path));
  for (const name of packages.has) if (mayBring(name, path)) return true;
  return false;
}

/** The commands it calls are there; those that come from the builder come first. */
export function hasTools(atom: Atom, draft: Draft): boolean {
  const { input, history, builder, after } = draft;
  for (const need of atom.effect.needs) {
    if (need.kind !== 'exe' || !need.sure) continue;
    const writer = providerOf(need.name, atom.id, draft);
    if (writer === undefined) {
      if (input.lost(need.name)) return false;
      continue;
    }
    if (!builder.has(writer.id)) continue;
    if (!writer.effect.writes.some((write) => !history.staysBehind(write) && draft.isCopied(write))) return false;
    after.add(atom.id);
  }
  return true;
}

/** The command of the file that put this executable on PATH, when no package or base has it. */
function providerOf(name: string, before: number, { input, history }: Draft): Atom | undefined {
  if (input.provided(name)) return undefined;
  return history.bringer(name, before);
}

/** What is copied shows the change already; made once more it fails or is made twice (`mv`, `>>`). */
export function isDone(effects: readonly Write[], draft: Draft): boolean {
  return effects.some((write) => (write.kind === 'gone' || write.kind === 'edit') && draft.isCopied(write));
}

/** Everything the atom reads is there when the runtime stage repeats it. */
export function hasInputs(atom: Atom, draft: Draft): boolean {
  const { history, both, after, roots, end } = draft;
  for (const path of atom.effect.reads) {
    const writer = history.lastWriter(path, atom.id);
    if (writer === undefined || both.has(writer.id) || draft.inShared(writer)) continue;
    // Copied is what the builder has at its end: not what a later command of it has moved away.
    if (!isCovered(path, roots) || history.goneLater(path, atom.id, end)) return false;
    after.add(atom.id);
  }
  return true;
}

/** The directories that a command names and an earlier one made (`mkdir -p x && chown app x`) are made in both stages. */
export function withDirectories(atom: Atom, { history, builder, both }: Draft): void {
  for (const write of atom.effect.writes)
    for (const maker of history.makersBelow(write.path)) {
      if (maker.id >= atom.id) break;
      if (!builder.has(maker.id)) both.add(maker.id);
    }
}

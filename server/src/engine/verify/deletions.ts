/** Rule 6 on files: nothing that the original deleted is back. */
import { isBelow } from '../model/path.ts';
import type { Write } from '../model/state.ts';
import { sourceAt } from '../model/writes.ts';
import { baseHolds } from '../simulate/base.ts';
import { aliveIndex, around } from './alive.ts';
import { type Pair, type Side, writerOf } from './images.ts';
import { LEFT_BEHIND, OF_THE_MANAGER } from './places.ts';
import { makes } from './provides.ts';
import type { Report } from './report.ts';

/** Checks the deletions of the original against what the last image of the result shows. */
export class Deletions {
  /** Where a command of the original has its last write, by its key. */
  private readonly last = new Map<string, number>();
  /** What was answered: the same may be deleted in every instruction (`rm -rf /var/lib/apt/lists/*`). */
  private readonly answers = new Map<string, boolean>();

  constructor(private readonly pair: Pair) {
    for (const [at, { key }] of pair.before.alive.entries()) this.last.set(key, at);
  }

  /** Reports a deletion (a write of the kind `gone`) of which something is back. */
  check(write: Write, report: Report): void {
    if (!write.sure) return;
    const { path, copied, below, class: use } = write;
    const key = `${path}\0${String(copied)} ${String(below)} ${use}`;
    let returns = this.answers.get(key);
    if (returns === undefined) this.answers.set(key, (returns = this.returns(write)));
    if (returns) report.original('returns', writerOf(write, this.pair.before).span, { path });
  }

  private returns(write: Write): boolean {
    const { before, after } = this.pair;
    const { path } = write;
    // Of caches and of /tmp only what came from the build context matters: a key, for one. The index of packages lies below `/`.
    const minor = write.class === 'cache' || OF_THE_MANAGER.test(path) || LEFT_BEHIND.test(path);
    const isSame = (other: Write): boolean => other.kind === 'gone' && other.path === path;
    const lastTime =
      aliveIndex(before)
        .exactly(path)
        .findLast((one) => isSame(one.write))?.at ?? -1;
    // What the original itself wrote afterwards.
    const isLater = ({ key }: Write): boolean => (this.last.get(key) ?? -1) > lastTime;
    // `COPY x .`, `RUN … && rm x`, `COPY . .`: the original has the same file of the build context again.
    const again = (other: Write): boolean =>
      other.kind === 'file' &&
      other.context !== undefined &&
      aliveIndex(before).upwards(other.path, (writes) =>
        writes.some(({ at, write: one }) => at > lastTime && isAgain(one, other)),
      );
    const there = around(after, path);
    const deletions = there.filter(isSame);
    const here = deletions.some((other) => other.copied === write.copied);
    // Where it is deleted here too, what a copy takes of the base comes with that deletion.
    const matters = (other: Write): boolean =>
      minor ? other.context !== undefined && other.path !== '/' : !here || other.base === undefined;
    const brings = (other: Write): boolean =>
      isOver(other, write) && !isLater(other) && matters(other) && !again(other);
    const stays = !here && isOfBase(path, before) && (deletions.length === 0 || baseHolds(after.state, path));
    return isBack(there, isSame, brings) || (!minor && stays);
  }
}

/** Something brings it and nothing deletes it afterwards. COPY --from deletes nothing: it only does not bring what is gone in its stage. */
function isBack(
  alive: readonly Write[],
  deletes: (write: Write) => boolean,
  brings: (write: Write) => boolean,
): boolean {
  const without = new Set<number>();
  for (const write of alive.toReversed()) {
    if (!deletes(write)) {
      if (!without.has(write.atom) && brings(write)) return true;
    } else if (write.copied === true) without.add(write.atom);
    else return false;
  }
  return false;
}

/** The same file of the build context, for certain. */
function isAgain(write: Write, { path, context }: Write): boolean {
  return write.sure && write.pattern === undefined && sourceAt(write, path) === context;
}

/** Something is written at, above (a tree) or below the path that is deleted. */
function isOver({ kind, class: what, path }: Write, deletion: Write): boolean {
  if (kind === 'gone' || kind === 'meta' || what === 'cache') return false;
  // The directory itself stays.
  if (deletion.below === true && path === deletion.path) return kind === 'tree';
  return isBelow(path, deletion.path) || (kind === 'tree' && isBelow(deletion.path, path));
}

/** It came with the base, and no command made it. */
function isOfBase(path: string, { state, simulation }: Side): boolean {
  return (
    baseHolds(state, path) && !simulation.stages.some((stage) => stage.state.writes.index.exactly(path).some(makes))
  );
}

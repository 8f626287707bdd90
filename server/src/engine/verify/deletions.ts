/** Rule 6 on files: nothing that the original deleted is back. */
import { isBelow } from '../model/path.ts';
import type { Write } from '../model/state.ts';
import { sourceAt } from '../model/writes.ts';
import { baseHolds } from '../simulate/base.ts';
import { type Pair, type Side, writerOf } from './images.ts';
import { LEFT_BEHIND, OF_THE_MANAGER } from './places.ts';
import { makes } from './provides.ts';
import type { Report } from './report.ts';

/** Checks a deletion of the original against what the last image of the result shows. */
export function checkDeletion(write: Write, { before, after }: Pair, report: Report): void {
  if (!write.sure) return;
  const { path } = write;
  // Of caches and of /tmp only what came from the build context matters: a key, for one. The index of packages lies below `/`.
  const minor = write.class === 'cache' || OF_THE_MANAGER.test(path) || LEFT_BEHIND.test(path);
  const isSame = (other: Write): boolean => other.kind === 'gone' && other.path === path;
  const later = before.alive.slice(before.alive.findLastIndex(isSame) + 1);
  const keys = new Set(later.map((other) => other.key));
  // `COPY x .`, `RUN … && rm x`, `COPY . .`: the original has the same file of the build context again.
  const again = (other: Write): boolean =>
    other.kind === 'file' &&
    other.context !== undefined &&
    later.some((one) => one.sure && one.pattern === undefined && sourceAt(one, other.path) === other.context);
  const deletions = after.alive.filter(isSame);
  const here = deletions.some((other) => other.copied === write.copied);
  // Where it is deleted here too, what a copy takes of the base comes with that deletion.
  const matters = (other: Write): boolean =>
    minor ? other.context !== undefined && other.path !== '/' : !here || other.base === undefined;
  const brings = (other: Write): boolean =>
    isOver(other, write) && !keys.has(other.key) && matters(other) && !again(other);
  const stays = !here && isOfBase(path, before) && (deletions.length === 0 || baseHolds(after.state, path));
  if (isBack(after.alive, isSame, brings) || (!minor && stays))
    report.original('returns', writerOf(write, before).span, { path });
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
    baseHolds(state, path) &&
    !simulation.atoms.some((atom) => atom.effect.writes.some((one) => makes(one) && one.path === path))
  );
}

/** What is left of a list of writes, and questions about it. Shared by plan and verify. */
import { isBelow } from './path.ts';
import type { Write } from './state.ts';

/**
 * The writes that the final image still shows: those that no later deletion
 * covers. Deletions themselves stay, since they may delete something of the base.
 */
export function aliveWrites(writes: readonly Write[]): readonly Write[] {
  const deletions: { at: number; write: Write }[] = [];
  writes.forEach((write, at) => {
    if (write.kind === 'gone' && write.sure) deletions.push({ at, write });
  });
  if (deletions.length === 0) return writes;
  const isDead = (write: Write, at: number): boolean => {
    if (write.kind === 'gone') return false;
    for (const deletion of deletions) if (deletion.at > at && reaches(deletion.write, write)) return true;
    return false;
  };
  return writes.some(isDead) ? writes.filter((write, at) => !isDead(write, at)) : writes;
}

/** COPY --from deletes nothing: what was deleted in the other stage is only not among what it brings. */
function reaches(deletion: Write, write: Write): boolean {
  return (deletion.copied !== true || deletion.atom === write.atom) && covers(deletion, write);
}

/** `rm -rf dir/*` leaves the directory, but nothing of a tree that was written there. */
function covers(deletion: Write, write: Write): boolean {
  if (deletion.below === true && write.path === deletion.path) return write.kind === 'tree';
  return isBelow(write.path, deletion.path);
}

/**
 * Where in the build context what lies at `path` comes from, when this write is the one that brought it; `undefined`: the
 * path lies elsewhere, or the write took nothing from there.
 */
export function sourceAt({ context, path: root }: Write, path: string): string | undefined {
  if (context === undefined || !isBelow(path, root)) return undefined;
  const rest = path.slice(root === '/' ? 1 : root.length + 1);
  return [context, rest].filter((part) => part !== '').join('/');
}
